// The files that go with the next message: chosen with a button or dropped on the message box, and taken off again.
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";

const MOST_FILES = 10;
const MOST_BYTES = 25 * 1024 * 1024;

/** `onChange` is called with words for the person when something could not be taken, else with null; `onAdded` once the
 *  person is done choosing. */
export class Attachments {
  #files = [];

  constructor(id, { onChange, onAdded }) {
    this.onChange = onChange;
    this.onAdded = onAdded;
    this.input = h("input", { type: "file", id: `${id}-files`, multiple: true, hidden: true, tabindex: -1, on: { change: () => this.#chosen() } });
    this.button = h("button", { type: "button", class: "icon-button", title: "Attach a file", on: { click: () => this.input.click() } }, hidden("Attach a file"), icon("clip"));
    this.list = h("ul", { class: "attached", "aria-label": "Files to send", hidden: true });
  }

  get files() {
    return this.#files;
  }

  /** Lets files be dropped on `element`. */
  accept(element) {
    const over = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      element.classList.add("dropping");
    };
    element.addEventListener("dragenter", over);
    element.addEventListener("dragover", over);
    element.addEventListener("dragleave", () => element.classList.remove("dropping"));
    element.addEventListener("drop", (event) => {
      element.classList.remove("dropping");
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.add(event.dataTransfer.files);
    });
  }

  add(files) {
    const fitting = [...files].filter((file) => file.size <= MOST_BYTES);
    const before = this.#files.length;
    this.put([...this.#files, ...fitting].slice(0, MOST_FILES));
    if (this.#files.length - before < files.length) this.onChange(`${MOST_FILES} files at most can be sent at a time, none larger than 25 MiB.`);
    this.onAdded();
  }

  put(files) {
    this.#files = files;
    this.list.hidden = !files.length;
    this.list.replaceChildren(...files.map((file) => this.#chip(file)));
    this.onChange(null);
  }

  setDisabled(disabled) {
    this.button.disabled = disabled;
  }

  #chosen() {
    this.add(this.input.files);
    this.input.value = ""; // so that the same file can be chosen once more
  }

  #chip(file) {
    const remove = () => {
      this.put(this.#files.filter((one) => one !== file));
      this.button.focus();
    };
    return h("li", { class: "file" }, icon("clip", 14), h("span", {}, file.name),
      h("button", { type: "button", class: "icon-button", title: `Take ${file.name} off`, on: { click: remove } }, hidden(`Take ${file.name} off`), icon("close", 12)));
  }
}

/** What the workspace takes for a file: its name, and its bytes as base64. */
export async function encoded(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { name: file.name, content: btoa(binary) };
}

/** The files of a message, as it shows them: each can be downloaded. */
export const fileList = (files) =>
  h("ul", { class: "attached", "aria-label": "Files" }, files.map((file) =>
    h("li", { class: "file" }, icon("clip", 14), h("span", {}, h("a", { href: addressOf(file), download: file.name }, file.name)), h("span", { class: "faint" }, sizeOf(file.size)))));

const addressOf = (file) => `/page-api/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name)}`;

const sizeOf = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
