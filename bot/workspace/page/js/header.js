// The line above the messages: where one is, and the few controls of the page itself.
import { h, hidden, replace } from "./dom.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { currentTheme } from "./theme.js";

export function drawHeader(root, app) {
  const { store, route } = app;
  const conversation = store.conversation(route.conversation);
  const home = route.kind === "home";
  const title = home ? `${store.bot.name} Home` : conversation.kind === "dm" ? store.bot.name : conversation.name;
  const mark = home ? "home" : conversation.kind === "dm" ? "person" : "hash";
  const topic = home ? "What the bot shows to you alone" : plain(conversation.topic) || (conversation.kind === "dm" ? "Between you and the bot" : "");
  const dark = currentTheme() === "dark";
  replace(root,
    control("menu", "Show conversations", "open-drawer", () => app.toggleDrawer(), "only-narrow"),
    h("div", { class: "main-title" },
      h("h1", { dataset: { testid: "title" } }, icon(mark), title), topic ? h("p", {}, topic) : null),
    control("bulb", "What to try first", "try-first", () => app.openSuggestions()),
    control("keyboard", "Keyboard shortcuts", "shortcuts", () => app.openShortcuts(), "not-narrow"),
    control(dark ? "sun" : "moon", dark ? "Use the light theme" : "Use the dark theme", "theme", () => app.toggleTheme()));
}

const control = (name, label, testid, click, className = "") =>
  h("button", { type: "button", class: `icon-button ${className}`.trim(), title: label, dataset: { testid }, on: { click } }, hidden(label), icon(name, 20));
