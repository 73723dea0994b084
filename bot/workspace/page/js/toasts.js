// Notices in the corner: trouble stays until it is dismissed, a remark leaves by itself.
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";

const REMARK_MS = 7000;
const MOST = 4;

export class Toasts {
  #root;

  constructor(root) {
    this.#root = root;
  }

  /** Something that went wrong, in plain words. */
  trouble(text) {
    this.#show(text, "trouble", "alert");
  }

  /** Something worth a glance, with a button that goes there. */
  remark(text, label, go) {
    const follow = () => {
      toast.remove();
      go();
    };
    const button = h("button", { type: "button", class: "button", on: { click: follow } }, label);
    const toast = this.#show(text, "remark", "status", button);
    setTimeout(() => toast.remove(), REMARK_MS);
  }

  #show(text, kind, role, more = null) {
    const toast = h("div", { class: `toast ${kind}`, role, dataset: { testid: kind === "trouble" ? "notice" : "toast" } },
      kind === "trouble" ? icon("alert") : null,
      h("p", {}, text),
      more,
      h("button", { type: "button", class: "icon-button", on: { click: () => toast.remove() } }, hidden("Dismiss"), icon("close", 16)));
    this.#root.append(toast);
    while (this.#root.children.length > MOST) this.#root.firstElementChild.remove();
    return toast;
  }

  /** Remarks are pointless once one is where they lead. */
  clearRemarks() {
    for (const toast of this.#root.querySelectorAll(".remark")) toast.remove();
  }

  clear() {
    this.#root.replaceChildren();
  }

  /** Closes the newest; true when there was one. */
  dismiss() {
    const last = this.#root.lastElementChild;
    last?.remove();
    return Boolean(last);
  }
}
