// The left column: where one can go, and who one is.
import { avatar } from "./avatar.js";
import { h, hidden, replace } from "./dom.js";
import { icon, logo } from "./icons.js";

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Draws the sidebar anew; the keyboard stays on the entry it was on. */
export function drawSidebar(root, app) {
  const { store } = app;
  const mine = store.conversationsFor(app.person);
  replace(root,
    h("div", { class: "brand" }, logo(34),
      h("div", { class: "brand-words" }, h("strong", {}, "hmic"), h("span", { dataset: { testid: "team-name" } }, store.team.name))),
    h("button", { type: "button", class: "jump", dataset: { testid: "jump" }, on: { click: () => app.openSwitcher() } },
      icon("search", 16), h("span", {}, "Jump to…"), h("kbd", {}, isMac ? "⌘ K" : "Ctrl K")),
    h("div", { class: "sidebar-lists" },
      group("Channels", mine.filter((one) => one.kind !== "dm").map((one) => entry(app, one))),
      group("Direct messages", mine.filter((one) => one.kind === "dm").map((one) => entry(app, one))),
      group("App", [homeEntry(app)])),
    personSwitcher(app));
}

const group = (title, items) => h("section", { class: "sidebar-group" }, h("h2", {}, title), h("ul", {}, items.map((item) => h("li", {}, item))));

function entry(app, conversation) {
  const { store, route } = app;
  const current = route.kind === "conversation" && route.conversation === conversation.id;
  const unread = current ? 0 : app.unread(conversation.id);
  const mark = conversation.kind === "dm" ? avatar({ ...store.author(store.bot.user_id) }, "small") : icon("hash", 16);
  return h("button",
    { type: "button", class: `entry${unread ? " unread" : ""}`, "aria-current": current ? "page" : null,
      dataset: { conversation: conversation.id }, on: { click: () => app.go({ conversation: conversation.id }) } },
    mark, h("span", { class: "entry-name" }, conversation.kind === "dm" ? store.bot.name : conversation.name),
    conversation.archived ? h("span", { class: "tag" }, "archived") : null,
    unread ? h("span", { class: "badge", dataset: { testid: "unread" } }, unread > 99 ? "99+" : unread, hidden(" unread")) : null);
}

function homeEntry(app) {
  const current = app.route.kind === "home";
  return h("button", { type: "button", class: "entry", "aria-current": current ? "page" : null, dataset: { testid: "home-link" },
    on: { click: () => app.go({ kind: "home" }) } }, icon("home", 16), h("span", { class: "entry-name" }, `${app.store.bot.name} Home`));
}

/** A card with the person's name, and over it the real select that keyboards and screen readers use. */
function personSwitcher(app) {
  const { store } = app;
  const me = store.people.find((one) => one.id === app.person);
  const select = h("select", { id: "person", "aria-label": "Be someone else", on: { change: (event) => app.become(event.target.value) } },
    store.people.map((one) => h("option", { value: one.id }, one.title ? `${one.name}, ${one.title}` : one.name)));
  select.value = app.person;
  return h("div", { class: "person" },
    avatar({ id: me.id, name: me.name, isBot: false }),
    h("div", { class: "person-words" }, h("span", { class: "person-label" }, "You are"), h("strong", {}, me.name), h("span", {}, me.title)),
    h("span", { class: "person-swap", title: "Be someone else" }, icon("swap")), select);
}
