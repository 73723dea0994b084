// Builds elements. Data only ever becomes text nodes and checked attributes: there is no way here to pass HTML.

const SVG = "http://www.w3.org/2000/svg";
const LINK_SCHEMES = new Set(["http:", "https:", "mailto:"]);
const IMAGE_SCHEMES = new Set(["http:", "https:"]);

/** An HTML element. `props` takes attributes, plus `class`, `dataset` (object) and `on` (event name to handler). */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** An SVG element, with the same props as `h`. */
export function s(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else if (name === "dataset") {
      for (const [key, item] of Object.entries(value)) if (item !== null && item !== undefined) element.dataset[key] = item;
    } else if (name.startsWith("on")) {
      throw new TypeError(`handlers go in "on", not in the attribute ${name}`);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

/** Appends text, nodes and (nested) lists of them; null and undefined are skipped. */
export function append(parent, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
  return parent;
}

/** Puts `children` in the place of what `parent` held, keeping the keyboard where it was when the same control is still there. */
export function replace(parent, ...children) {
  const focused = focusKey(parent);
  parent.replaceChildren();
  append(parent, children);
  if (focused) parent.querySelector(focused)?.focus({ preventScroll: true });
}

function focusKey(parent) {
  const active = document.activeElement;
  if (!active || !parent.contains(active)) return null;
  if (active.id) return `#${CSS.escape(active.id)}`;
  for (const name of ["conversation", "actionId", "testid"]) {
    const value = active.dataset[name];
    const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value) return `[data-${attribute}="${CSS.escape(value)}"]`;
  }
  return null;
}

function checkedUrl(url, schemes) {
  try {
    const parsed = new URL(String(url));
    return schemes.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** The address when a link may go there (http, https, mailto), else null. */
export const linkUrl = (url) => checkedUrl(url, LINK_SCHEMES);

/** The address when a picture may come from there (http, https), else null. */
export const imageUrl = (url) => checkedUrl(url, IMAGE_SCHEMES);

/** A link that opens in a new tab, or just its label when the address is not one we follow. */
export function link(url, label, props = {}) {
  const href = linkUrl(url);
  if (!href) return h("span", {}, label);
  return h("a", { ...props, href, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** Text for screen readers only. */
export const hidden = (...children) => h("span", { class: "visually-hidden" }, children);
