// Faces: the hmic mark for the bot, initials on a colour of their own for people.
import { h } from "./dom.js";
import { logo } from "./icons.js";

const COLOURS = 6;

const initials = (name) => {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.[0] ?? "").join("").toUpperCase();
};

/** The avatar of `{id, name, isBot}`; decoration, since the name always stands beside it. */
export function avatar(author, size = "") {
  if (author.isBot) return h("span", { class: `avatar bot ${size}`, "aria-hidden": "true" }, logo(size === "small" ? 26 : 38));
  const colour = [...author.id].reduce((sum, letter) => sum * 31 + letter.codePointAt(0), 7) % COLOURS;
  return h("span", { class: `avatar colour-${colour} ${size}`, "aria-hidden": "true" }, initials(author.name));
}
