// Keys that work anywhere on the page, and the list that tells of them.
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { isMac } from "./sidebar.js";

const TYPING = "input, textarea, select, [contenteditable]";
const KEYS = [
  [[isMac ? "⌘" : "Ctrl", "K"], "Jump to a conversation, Home, or another person"],
  [["Alt", "↑"], "Previous conversation"],
  [["Alt", "↓"], "Next conversation"],
  [["/"], "Go to the message box and start a command"],
  [["Enter"], "Send"],
  [["Shift", "Enter"], "New line"],
  [["↑"], "In an empty message box: what you said before"],
  [["Tab"], "Take the first completion"],
  [["Esc"], "Close what is open"],
  [["?"], "This list"],
];

export function openShortcuts() {
  openDialog({ title: "Keyboard shortcuts", testid: "shortcuts-dialog",
    body: h("dl", { class: "keys" }, KEYS.map(([keys, words]) => [h("dt", {}, keys.map((key) => h("kbd", {}, key))), h("dd", {}, words)])) });
}

/** Listens on the whole page; a dialog that is open keeps its keys to itself. */
export function listenForShortcuts(app) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const handler = handlerFor(event, app);
    if (handler && handler() !== "pass on") event.preventDefault();
  });
}

function handlerFor(event, app) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return () => app.openSwitcher();
  if (event.altKey && event.key === "ArrowUp") return () => app.step(-1);
  if (event.altKey && event.key === "ArrowDown") return () => app.step(1);
  if (event.key === "Escape") return () => app.escape();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return null;
  // In an empty box the stroke is let through: it begins a command.
  if (event.key === "/") return () => app.focusComposer() && "pass on";
  if (event.key === "?") return () => openShortcuts();
  return null;
}
