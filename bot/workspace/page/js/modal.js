// Modals: the person's stack of open views, the top one in a native dialog.
import { renderBlocks } from "./blocks.js";
import { closeOnBackdrop } from "./dialog.js";
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { viewSurface } from "./surface.js";

export class Modals {
  #view = null;
  #inputs = [];
  #dialog = null;
  #kept = new Map();

  constructor(app) {
    this.app = app;
  }

  /** Brings the dialog in line with the stack; what was typed survives an update of the view. */
  draw() {
    const top = this.app.store.views(this.app.person).at(-1) ?? null;
    if (top === this.#view) return;
    if (this.#view) this.#kept.set(this.#view.id, this.#values());
    const sameView = top && this.#view?.id === top.id;
    this.#view = top;
    if (!sameView) this.#remove();
    if (top) this.#fill(top);
  }

  #remove() {
    this.#dialog?.close();
    this.#dialog?.remove();
    this.#dialog = null;
    this.#inputs = [];
  }

  #fill(view) {
    this.#inputs = [];
    const surface = viewSurface(this.app, view, this.#inputs, this.#kept.get(view.id));
    const title = plain(view.title);
    this.error = h("p", { class: "field-error", role: "alert", hidden: true });
    this.submitButton = h("button", { type: "submit", class: "button primary", dataset: { testid: "modal-submit" } }, plain(view.submit) || "Submit");
    const form = h("form", { novalidate: true, on: { submit: (event) => (event.preventDefault(), this.#submit()) } },
      h("div", { class: "dialog-head" }, h("h2", {}, title),
        h("button", { type: "button", class: "icon-button", dataset: { testid: "dialog-close" }, on: { click: () => this.#close() } }, hidden("Close"), icon("close"))),
      h("div", { class: "dialog-body" }, renderBlocks(view.blocks, surface), this.error),
      h("div", { class: "dialog-foot" },
        h("button", { type: "button", class: "button", dataset: { testid: "modal-close" }, on: { click: () => this.#close() } }, plain(view.close) || "Cancel"),
        view.submit ? this.submitButton : null));
    if (!this.#dialog) this.#open();
    this.#dialog.setAttribute("aria-label", title);
    this.#dialog.dataset.viewId = view.id;
    this.#dialog.replaceChildren(form);
    (this.#inputs[0]?.node ?? form.querySelector("[data-testid=modal-close]")).focus();
  }

  #open() {
    this.#dialog = h("dialog", { class: "dialog", dataset: { testid: "modal" } });
    this.#dialog.addEventListener("cancel", (event) => (event.preventDefault(), this.#close()));
    closeOnBackdrop(this.#dialog, () => this.#close());
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  #values() {
    const values = {};
    for (const { block, read } of this.#inputs) (values[block.block_id] ??= {})[block.element.action_id] = read();
    return values;
  }

  async #submit() {
    if (this.submitButton.getAttribute("aria-busy")) return;
    const view = this.#view;
    if (!this.#complete()) return;
    this.submitButton.setAttribute("aria-busy", "true");
    const answer = await this.app.submit(view.id, this.#values());
    this.submitButton.removeAttribute("aria-busy");
    if (answer.errors) this.#showErrors(answer.errors);
    else if (answer.ok === false) this.#showErrors({ "": answer.error });
  }

  /** Required fields are checked here, as Slack does, before the bot is asked. */
  #complete() {
    const empty = ({ type, ...value }) => Object.values(value).every((one) => one === null || one.length === 0);
    const missing = this.#inputs.filter(({ block, read }) => !block.optional && empty(read()));
    const invalid = this.#inputs.filter((one) => !missing.includes(one) && one.node.validity?.valid === false);
    this.#showErrors(Object.fromEntries([
      ...missing.map(({ block }) => [block.block_id, "Please fill this in."]),
      ...invalid.map(({ block, node }) => [block.block_id, node.validationMessage]),
    ]));
    return !missing.length && !invalid.length;
  }

  #showErrors(errors) {
    const unplaced = [];
    for (const [id, words] of Object.entries(errors)) if (!this.#inputs.some(({ block }) => block.block_id === id)) unplaced.push(words);
    this.error.textContent = unplaced.join(" ");
    this.error.hidden = !unplaced.length;
    for (const { block, error, node } of this.#inputs) {
      const words = errors[block.block_id];
      error.textContent = words ?? "";
      error.hidden = !words;
      node.toggleAttribute("aria-invalid", Boolean(words));
      if (words) node.setAttribute("aria-invalid", "true");
    }
    this.#inputs.find(({ block }) => errors[block.block_id])?.node.focus();
  }

  #close() {
    const view = this.#view;
    this.app.store.apply({ type: "view_closed", person: this.app.person, view_id: view.id });
    this.app.closeView(view.id);
  }
}
