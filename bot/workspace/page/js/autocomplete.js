// The list above a message box: commands after "/", people after "@", channels after "#".
import { h } from "./dom.js";
import { icon } from "./icons.js";

const MOST = 8;

/** What could complete the text before the caret: {items: [{label, detail, insert, from}], hint, eager}.
 *  `eager`: Enter takes the first item; otherwise only an item the person moved to. */
export function completions(app, text, { commands }) {
  return (commands && (commandNames(app, text) ?? commandExamples(app, text))) ?? people(app, text) ?? channels(app, text) ?? null;
}

function commandNames({ store }, text) {
  if (!/^\/\S*$/.test(text)) return null;
  const items = store.commands.filter((one) => one.command.startsWith(text))
    .map((one) => ({ label: one.command, detail: [one.usage_hint, one.description].filter(Boolean).join(" · "), insert: `${one.command} `, from: 0 }));
  return { items, eager: true };
}

/** The suggestions that go on as the person began, with the command's own hint above them. */
function commandExamples({ store }, text) {
  const command = store.commands.find((one) => text.startsWith(`${one.command} `));
  if (!command) return null;
  const items = store.suggestions.filter((one) => one.text.toLowerCase().startsWith(text.toLowerCase()) && one.text !== text)
    .map((one) => ({ label: one.text, detail: one.about, insert: one.text, from: 0 }));
  return { items, hint: `${command.command} ${command.usage_hint ?? ""}`, eager: false };
}

function people({ store }, text) {
  const match = text.match(/(?:^|\s)@([\p{L}\p{N}._'-]*(?: [\p{L}\p{N}._'-]*)?)$/u);
  if (!match) return null;
  const wanted = match[1].toLowerCase();
  const all = [{ name: store.bot.name, detail: "the bot" }, ...store.people.map((one) => ({ name: one.name, detail: one.title }))];
  const items = all.filter((one) => one.name.toLowerCase().includes(wanted))
    .map((one) => ({ label: `@${one.name}`, detail: one.detail, insert: `@${one.name} `, from: text.length - match[1].length - 1 }));
  return items.length ? { items, eager: true } : null;
}

function channels({ store, person }, text) {
  const match = text.match(/(?:^|\s)#([\p{L}\p{N}_-]*)$/u);
  if (!match) return null;
  const items = store.conversationsFor(person).filter((one) => one.kind !== "dm" && one.name.startsWith(match[1].toLowerCase()))
    .map((one) => ({ label: `#${one.name}`, detail: one.topic ?? "", insert: `#${one.name} `, from: text.length - match[1].length - 1 }));
  return items.length ? { items, eager: true } : null;
}

/** The list itself, beside a text box that keeps the focus. */
export class CompletionList {
  #found = null;
  #active = -1;

  constructor(box, id, onTake) {
    this.box = box;
    this.onTake = onTake;
    this.element = h("div", { class: "completions", hidden: true });
    this.list = h("ul", { id, role: "listbox", "aria-label": "Completions" });
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", id);
  }

  get open() {
    return !this.element.hidden;
  }

  show(found) {
    this.#found = found;
    this.#active = found?.eager && found.items.length ? 0 : -1;
    const nothing = !found || (!found.items.length && !found.hint);
    this.element.hidden = nothing;
    if (nothing) return this.#mark();
    this.options = found.items.slice(0, MOST).map((item, i) => this.#option(item, i));
    this.list.replaceChildren(...this.options);
    this.element.replaceChildren(...(found.hint ? [h("p", { class: "usage-hint" }, icon("bulb", 14), h("code", {}, found.hint))] : []), ...(this.options.length ? [this.list] : []));
    return this.#mark();
  }

  close() {
    this.show(null);
  }

  #option(item, i) {
    // pointerdown, not click: the text box must not lose the focus.
    const take = (event) => {
      event.preventDefault();
      this.onTake(item);
    };
    return h("li", { id: `${this.list.id}-${i}`, role: "option", dataset: { testid: "completion" }, on: { pointerdown: take } },
      h("code", {}, item.label), h("span", {}, item.detail));
  }

  #mark() {
    this.options?.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.#active)));
    const active = this.open ? this.options?.[this.#active] : null;
    if (active) {
      this.box.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
  }

  /** True when the key was the list's to handle. */
  key(event) {
    if (!this.open) return false;
    const count = this.#found.items.length && this.options.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") this.close();
    else if (step && count) this.#active = this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count;
    else if (event.key === "Tab" && count && !event.shiftKey) this.onTake(this.#found.items[Math.max(this.#active, 0)]);
    else if (event.key === "Enter" && !event.shiftKey && this.#active >= 0) return this.#enter();
    else return false;
    this.#mark();
    return true;
  }

  /** Enter on a command that is already whole sends it. */
  #enter() {
    const item = this.#found.items[this.#active];
    if (item.insert.trim() === this.box.value.trim()) return false;
    this.onTake(item);
    return true;
  }
}
