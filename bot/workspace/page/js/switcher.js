// Ctrl/Cmd+K: type a few letters, press Enter, be there.
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";

/** Opens the quick switcher over conversations, Home and people. */
export function openSwitcher(app) {
  const places = everywhere(app);
  let found = places;
  let active = 0;
  const list = h("ul", { id: "switcher-list", role: "listbox", "aria-label": "Places" });
  const box = h("input", { type: "text", class: "field", role: "combobox", "aria-expanded": "true", "aria-controls": "switcher-list", "aria-autocomplete": "list",
    "aria-label": "Where to?", placeholder: "A channel, a person to be…", autocomplete: "off", dataset: { testid: "switcher" }, on: { input: search, keydown: key } });
  const dialog = openDialog({ title: "Jump to…", className: "dialog-switcher", testid: "switcher-dialog", body: [box, list] });
  box.focus();
  draw();

  function search() {
    const wanted = box.value.trim().toLowerCase().replace(/^[#@]/, "");
    found = places.filter((place) => place.words.toLowerCase().includes(wanted));
    active = 0;
    draw();
  }

  function draw() {
    list.replaceChildren(...found.map((place, i) =>
      h("li", { id: `place-${i}`, role: "option", "aria-selected": String(i === active), on: { click: () => go(place) } },
        icon(place.icon, 16), h("span", {}, place.name), h("small", {}, place.detail))));
    if (!found.length) list.append(h("li", { class: "faint", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing by that name"));
    if (found[active]) box.setAttribute("aria-activedescendant", `place-${active}`);
    else box.removeAttribute("aria-activedescendant");
    list.children[active]?.scrollIntoView({ block: "nearest" });
  }

  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) active = (active + step + found.length) % found.length;
    else if (event.key !== "Enter") return;
    event.preventDefault();
    if (step) draw();
    else if (found[active]) go(found[active]);
  }

  function go(place) {
    dialog.close();
    place.go();
  }
}

function everywhere(app) {
  const { store, person } = app;
  const conversations = store.conversationsFor(person).map((one) => ({
    icon: one.kind === "dm" ? "person" : "hash", name: one.kind === "dm" ? store.bot.name : one.name, detail: one.kind === "dm" ? "direct message" : one.topic ?? "",
    words: `${one.name} ${one.kind === "dm" ? store.bot.name : ""}`, go: () => app.go({ conversation: one.id }) }));
  const home = { icon: "home", name: `${store.bot.name} Home`, detail: "", words: `${store.bot.name} home`, go: () => app.go({ kind: "home" }) };
  const people = store.people.filter((one) => one.id !== person)
    .map((one) => ({ icon: "swap", name: `Be ${one.name}`, detail: one.title, words: `be ${one.name} ${one.title}`, go: () => app.become(one.id) }));
  return [...conversations, home, ...people];
}
