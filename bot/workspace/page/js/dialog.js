// Native dialogs: they hold the focus, close on Escape, and give the focus back.
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";
import { textObject } from "./mrkdwn.js";

/** Opens a dialog with a heading and a close button; `onClose` runs however it is closed. Returns the element. */
export function openDialog({ title, body, footer = null, className = "", testid = null, onClose = () => {}, onCancel = null }) {
  const dialog = h("dialog", { class: `dialog ${className}`, "aria-label": title, dataset: { testid } },
    h("div", { class: "dialog-head" },
      h("h2", {}, title),
      h("button", { type: "button", class: "icon-button", dataset: { testid: "dialog-close" }, on: { click: () => cancel() } },
        hidden("Close"), icon("close"))),
    h("div", { class: "dialog-body" }, body),
    footer ? h("div", { class: "dialog-foot" }, footer) : null);
  const cancel = () => (onCancel ? onCancel() : dialog.close());
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    cancel();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  closeOnBackdrop(dialog, cancel);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A press that both starts and ends on the backdrop closes; a drag out of a text field does not. */
export function closeOnBackdrop(dialog, close) {
  let pressedOutside = false;
  dialog.addEventListener("pointerdown", (event) => (pressedOutside = event.target === dialog));
  dialog.addEventListener("click", (event) => pressedOutside && event.target === dialog && close());
}

/** Asks what a Slack confirm object asks; resolves true when the person agrees. */
export function confirmed(confirm, ctx) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    let agreed = false;
    const answer = (value) => () => {
      agreed = value;
      dialog.close();
    };
    const danger = confirm.style === "danger" ? "danger" : "primary";
    const dialog = openDialog({
      title: plainText(confirm.title, ctx) || "Are you sure?",
      className: "dialog-confirm",
      testid: "confirm",
      body: h("div", { class: "text" }, textObject(confirm.text, ctx)),
      footer: [
        h("button", { type: "button", class: "button", dataset: { testid: "confirm-deny" }, on: { click: answer(false) } }, plainText(confirm.deny, ctx) || "Cancel"),
        h("button", { type: "button", class: `button ${danger}`, dataset: { testid: "confirm-agree" }, on: { click: answer(true) } }, plainText(confirm.confirm, ctx) || "Yes"),
      ],
      onClose: () => resolve(agreed),
    });
    dialog.querySelector("[data-testid=confirm-agree]").focus();
  });
}

const plainText = (text, ctx) => (text ? h("span", {}, textObject(text, ctx)).textContent : "");
