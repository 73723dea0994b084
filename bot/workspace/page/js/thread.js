// The side panel of one thread: the message it hangs from, the replies, and a box to reply in.
import { Composer } from "./composer.js";
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";
import { MessageLog } from "./messages.js";

export class ThreadPanel {
  constructor(root, app) {
    this.root = root;
    this.app = app;
    this.log = new MessageLog(app, "Thread");
    this.composer = new Composer(app, { id: "thread-composer", commands: false });
    this.where = h("p", { class: "faint" });
    root.append(
      h("header", { class: "thread-head" }, h("div", {}, h("h2", {}, "Thread"), this.where),
        h("button", { type: "button", class: "icon-button", dataset: { testid: "close-thread" }, on: { click: () => app.closeThread() } }, hidden("Close the thread"), icon("close"))),
      this.log.element, this.composer.element);
  }

  draw() {
    const { store, route, person } = this.app;
    const root = route.thread && store.roots(route.conversation, person).find((one) => one.ts === route.thread);
    this.root.hidden = !root;
    if (!root) return;
    const conversation = store.conversation(route.conversation);
    this.where.textContent = store.label(conversation);
    const key = `${person}/${route.conversation}/${route.thread}`;
    this.composer.aim({ key, conversation: route.conversation, thread_ts: route.thread, label: "Reply in this thread", archived: conversation.archived });
    this.log.show(key, [root, ...store.replies(route.conversation, route.thread, person)], {});
  }

  focus() {
    this.composer.box.focus();
  }
}
