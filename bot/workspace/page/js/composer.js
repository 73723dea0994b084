// The message box: completes what is typed, recalls what was said, and says it.
import { Attachments } from "./attachments.js";
import { CompletionList, completions } from "./autocomplete.js";
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";

const TALLEST_PX = 220;
const SLOW_MS = 250;

/** One message box. `id` names the text area; commands are completed only where Slack takes them, outside threads. */
export class Composer {
  #recalled = 0;
  #waitingFor = 0;
  #target = null;

  constructor(app, { id, commands }) {
    this.app = app;
    this.commands = commands;
    this.box = h("textarea", { id, class: "composer-box", rows: 1, autocomplete: "off", spellcheck: "true", enterkeyhint: "send" });
    this.completions = new CompletionList(this.box, `${id}-completions`, (item) => this.#take(item));
    this.status = h("p", { class: "composer-status", role: "status" });
    this.error = h("p", { class: "composer-error", role: "alert", dataset: { testid: "composer-error" }, hidden: true });
    this.attachments = new Attachments(id, { onChange: (trouble) => this.#attached(trouble), onAdded: () => this.box.focus() });
    this.send = h("button", { type: "submit", class: "send", title: "Send", disabled: true }, hidden("Send"), icon("send", 20));
    const slash = h("button", { type: "button", class: "icon-button", title: "Start a command", on: { click: () => this.fill("/") } }, hidden("Start a command"), h("span", { class: "slash", "aria-hidden": "true" }, "/"));
    this.form = h("form", { class: "composer", on: { submit: (event) => (event.preventDefault(), this.#say()) } },
      this.completions.element, this.attachments.list, h("div", { class: "composer-row" }, commands ? slash : null, this.attachments.button, this.attachments.input, this.box, this.send));
    this.attachments.accept(this.form);
    this.element = h("div", { class: "composer-wrap" }, this.error, this.form, this.status);
    this.box.addEventListener("input", () => this.#changed());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.box.addEventListener("blur", () => this.completions.close());
  }

  /** `target`: {key, conversation, thread_ts?, label, archived}. Each keeps its own draft. */
  aim(target) {
    const moved = target.key !== this.#target?.key;
    this.#target = target;
    this.box.setAttribute("aria-label", target.label);
    this.box.placeholder = target.archived ? "This channel is archived: nothing more can be said here." : target.label;
    this.box.disabled = Boolean(target.archived);
    this.attachments.setDisabled(this.box.disabled);
    if (!moved) return;
    this.attachments.put([]); // they were chosen for the conversation that is left
    this.#put(this.app.session.draft(target.key));
  }

  /** Puts text in the box, with the caret after it, and the list of completions open. */
  fill(text) {
    this.box.focus();
    this.#put(text);
    this.#complete();
  }

  #put(text) {
    this.box.value = text;
    this.box.setSelectionRange(text.length, text.length);
    this.error.hidden = true;
    this.#recalled = 0;
    this.#resize();
    this.completions.close();
    this.app.session.keepDraft(this.#target.key, text);
  }

  #resize() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, TALLEST_PX)}px`;
    this.send.disabled = !this.box.value.trim() && !this.attachments.files.length;
  }

  #attached(trouble) {
    this.#trouble(trouble);
    this.#resize();
  }

  #trouble(words) {
    this.error.textContent = words ?? "";
    this.error.hidden = !words;
  }

  #changed() {
    this.#recalled = 0;
    this.error.hidden = true;
    this.app.session.keepDraft(this.#target.key, this.box.value);
    this.#resize();
    this.#complete();
  }

  #complete() {
    const before = this.box.value.slice(0, this.box.selectionStart);
    this.completions.show(completions(this.app, before, this));
  }

  #take(item) {
    const caret = this.box.selectionStart;
    this.box.setRangeText(item.insert, item.from, caret, "end");
    this.#changed();
    if (!item.insert.endsWith(" ")) this.completions.close();
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.completions.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#say();
    } else if (event.key === "ArrowUp" && !event.altKey && (this.#recalled || !this.box.value)) this.#recall(event, 1);
    else if (event.key === "ArrowDown" && !event.altKey && this.#recalled) this.#recall(event, -1);
  }

  #recall(event, step) {
    const lines = this.app.session.typed(this.app.person);
    const back = Math.min(Math.max(this.#recalled + step, 0), lines.length);
    event.preventDefault();
    this.#put(back ? lines.at(-back) : "");
    this.#recalled = back;
  }

  #say() {
    const text = this.box.value.trim();
    const { files } = this.attachments;
    if (!text && !files.length) return;
    this.attachments.put([]);
    this.#put("");
    this.speak(text, this.#target, files);
  }

  /** Says `text` at `target` for the person; what is refused comes back into the box with the reason. */
  async speak(text, target, files = []) {
    if (text) this.app.session.remember(this.app.person, text);
    const answer = await this.#waiting(text, this.app.say(text, target, files));
    if (answer.ok) return;
    const words = answer.error ?? "That was not sent.";
    if (this.#target.key !== target.key) return this.app.page.toasts.trouble(words);
    if (!this.box.value) this.#put(text);
    if (!this.attachments.files.length) this.attachments.put(files);
    this.#trouble(words);
  }

  /** Says that the bot is at work when an answer takes long enough to wonder. */
  async #waiting(text, promise) {
    this.#waitingFor += 1;
    const words = text.startsWith("/") ? `${this.app.store.bot.name} is working on ${text}…` : "Sending…";
    const timer = setTimeout(() => (this.status.textContent = words), SLOW_MS);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waitingFor -= 1;
      if (!this.#waitingFor) this.status.textContent = "";
    }
  }
}
