// A scrolling log of messages. What has not changed keeps its element, and so its focus, selection and open menus.
import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { messageElement } from "./message.js";
import { keyOf } from "./store.js";
import { compareTs, dayKey, dayLabel } from "./time.js";

const GROUP_SECONDS = 300;
const NEAR_BOTTOM_PX = 60;

export class MessageLog {
  #rows = new Map();
  #scope = null;
  #stuck = true;

  constructor(app, label) {
    this.app = app;
    this.label = label;
    this.pill = h("button", { type: "button", class: "new-pill", hidden: true, on: { click: () => this.toBottom() } }, icon("down", 16), "New messages");
    this.scroller = h("div", { class: "scroller", tabindex: 0, "aria-label": label, role: "region",
      on: { scroll: () => this.#scrolled() } });
    // The message box grows and shrinks below: whoever reads the last line goes on seeing it.
    new ResizeObserver(() => this.#stuck && this.toBottom()).observe(this.scroller);
    this.element = h("div", { class: "log-frame" }, this.scroller, this.pill);
  }

  /** Shows `messages`; `intro` ({key, make}) stands above them, `newSince` is where the unread ones begin, `repliesOf` null in a thread. */
  show(scope, messages, { intro = null, newSince = null, repliesOf = null }) {
    const fresh = scope !== this.#scope;
    const stuck = this.nearBottom();
    if (fresh) this.#begin(scope);
    this.#introduce(intro);
    const before = new Set(this.#rows.keys());
    this.#place(this.#layOut(messages, newSince, repliesOf));
    const arrived = messages.filter((one) => !before.has(keyOf(one)));
    if (fresh) this.#from(this.#rows.get("new") ?? this.#rows.get(messages.length ? keyOf(messages.at(-1)) : null));
    else if (arrived.length) this.#reveal(arrived, stuck);
    else if (stuck) this.toBottom(); // a message may have grown, by a reply's count or an edit
  }

  /** A new log element for each conversation: screen readers announce what is added to it, not the change of place. */
  #begin(scope) {
    this.#scope = scope;
    this.#rows = new Map();
    this.introSlot = h("div", { class: "intro-slot" });
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": this.label, dataset: { testid: "log" } });
    this.scroller.replaceChildren(this.introSlot, this.log);
    this.pill.hidden = true;
  }

  #introduce(intro) {
    if (this.introSlot.dataset.key === intro?.key) return;
    this.introSlot.dataset.key = intro.key;
    this.introSlot.replaceChildren(intro.make());
  }

  #layOut(messages, newSince, repliesOf) {
    const rows = [];
    let previous = null;
    let marked = newSince === null;
    for (const message of messages) {
      const newDay = !previous || dayKey(previous.ts) !== dayKey(message.ts);
      if (newDay) rows.push(divider(`day-${dayKey(message.ts)}`, dayLabel(message.ts), "day"));
      const firstNew = !marked && compareTs(message.ts, newSince) > 0 && message.user !== this.app.person;
      if (firstNew) rows.push(divider("new", "New", "new-line"));
      marked ||= firstNew;
      const grouped = !newDay && !firstNew && follows(previous, message);
      const replies = repliesOf ? repliesOf(message) : null;
      rows.push({ key: keyOf(message), parts: [message, grouped, ...(replies ?? [])],
        make: () => messageElement(this.app, message, { grouped, replies }) });
      previous = message;
    }
    return rows;
  }

  #place(rows) {
    const kept = new Map();
    rows.forEach((row, index) => {
      const old = this.#rows.get(row.key);
      const element = old && sameParts(old.parts, row.parts) ? old.element : this.#redraw(row, old);
      if (this.log.children[index] !== element) this.log.insertBefore(element, this.log.children[index] ?? null);
      kept.set(row.key, { parts: row.parts, element });
    });
    while (this.log.children.length > rows.length) this.log.lastElementChild.remove();
    this.#rows = kept;
  }

  #redraw(row, old) {
    const element = row.make();
    if (!old) return element;
    // The same article stays in place, so that the keyboard does not fall off the page when a message is edited under it.
    replace(old.element, ...element.childNodes);
    for (const name of old.element.getAttributeNames()) if (!element.hasAttribute(name)) old.element.removeAttribute(name);
    for (const { name, value } of element.attributes) old.element.setAttribute(name, value);
    return old.element;
  }

  nearBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.pill.hidden = true;
  }

  #scrolled() {
    this.#stuck = this.nearBottom();
    if (this.#stuck) this.pill.hidden = true;
  }

  #reveal(arrived, stuck) {
    const mine = arrived.some((one) => one.user === this.app.person || one.ephemeral_to);
    if (!stuck && !mine) {
      this.pill.hidden = false;
      return;
    }
    this.#from(this.#rows.get(keyOf(arrived[0])));
  }

  /** As far down as keeps the first line of `row` in sight: a long answer is read from its beginning. */
  #from(row) {
    this.toBottom();
    if (!row) return;
    const above = this.scroller.getBoundingClientRect().top - row.element.getBoundingClientRect().top;
    if (above > 0) this.scroller.scrollTop -= above + 12;
    this.#stuck = this.nearBottom();
  }
}

const divider = (key, words, className) => ({ key, parts: [words], make: () => h("div", { class: `divider ${className}`, role: "separator", "aria-label": words }, h("span", {}, words)) });

const follows = (previous, message) =>
  previous.user === message.user && !message.ephemeral_to && !previous.ephemeral_to && !message.in_reply_to && message.ts - previous.ts < GROUP_SECONDS;

const sameParts = (a, b) => a.length === b.length && a.every((part, i) => part === b[i]);
