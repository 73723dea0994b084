// The page's own drawings, on a 20 × 20 grid in the colour of the text around them.
import { s } from "./dom.js";

const PATHS = {
  hash: ["M4 7.5h13M3 12.5h13M8 3.5l-2 13M14 3.5l-2 13"],
  person: ["M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M3.8 17c.6-3.4 3-5 6.2-5s5.6 1.6 6.2 5"],
  home: ["M3.5 9.5 10 4l6.5 5.5M5.5 8.5V16h9V8.5"],
  menu: ["M3 6h14M3 10h14M3 14h14"],
  close: ["M5 5l10 10M15 5 5 15"],
  send: ["M3.5 10 16.5 4l-4.5 12.5-2.6-5.4zM9.4 11.1l3-3"],
  sun: ["M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8M4.7 4.7 6 6M14 14l1.3 1.3M15.3 4.7 14 6M6 14l-1.3 1.3"],
  moon: ["M16 11.8A6.5 6.5 0 0 1 8.2 4a6.5 6.5 0 1 0 7.8 7.8z"],
  bulb: ["M7.6 13.4a4.8 4.8 0 1 1 4.8 0v1.8H7.6zM8.2 17.5h3.6"],
  keyboard: ["M3 5.5h14v9H3zM5.8 8.5h.01M8.6 8.5h.01M11.4 8.5h.01M14.2 8.5h.01M6.5 11.7h7"],
  search: ["M8.8 14a5.2 5.2 0 1 0 0-10.4 5.2 5.2 0 0 0 0 10.4M12.7 12.7 17 17"],
  reply: ["M4 4.5h12v8.5H9.5L6 16v-3H4z"],
  eye: ["M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4"],
  more: ["M4.2 10h1M9.5 10h1M14.8 10h1"],
  pencil: ["M4 16l.7-3.2L13.5 4 16 6.5l-8.8 8.8z"],
  down: ["M5 8l5 5 5-5"],
  swap: ["M6.5 5 4 7.5 6.5 10M4 7.5h11M13.5 10l2.5 2.5-2.5 2.5M16 12.5H5"],
  alert: ["M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.4h.01"],
  clip: ["M13.5 6.5 8 12a1.8 1.8 0 0 0 2.6 2.6l6-6a3.4 3.4 0 0 0-4.9-4.9L5.6 9.8a5 5 0 0 0 7 7l3.4-3.3"],
  external: ["M8 5H5v10h10v-3M11 4h5v5M16 4l-7 7"],
};

/** A line icon; it is decoration, the control around it carries the name. */
export function icon(name, size = 18) {
  return s(
    "svg",
    { class: "icon", viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    PATHS[name].map((d) => s("path", { d })),
  );
}

/** The hmic mark: an opening quotation mark, with the line it stands on. */
export function logo(size = 28) {
  return s(
    "svg",
    { class: "logo", viewBox: "0 0 32 32", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    s("rect", { width: 32, height: 32, rx: 9, class: "logo-ground" }),
    s("path", {
      class: "logo-mark",
      d: "M8 16.6c0-4.3 2.2-7.2 5.9-8.2l.7 1.9c-1.9.7-3 1.9-3.2 3.5h2.9v5.6H8zm9.2 0c0-4.3 2.2-7.2 5.9-8.2l.7 1.9c-1.9.7-3 1.9-3.2 3.5h2.9v5.6h-6.3z",
    }),
    s("path", { class: "logo-line", d: "M8 24h15.5" }),
  );
}
