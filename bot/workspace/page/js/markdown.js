// The markdown block: headings, lists, quotes, fences, rules, links and emphasis; enough for what a bot writes.
import { h, link, linkUrl } from "./dom.js";

const INLINE = /`([^`]+)`|\[([^\]]+)\]\(([^()\s]+)\)|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\*([^*\s](?:[^*]*[^*\s])?)\*|\b_([^_]+)_\b/g;

/** Markdown source as a list of block-level nodes. */
export function markdown(source) {
  const lines = source.split("\n");
  const nodes = [];
  while (lines.length) {
    const reader = READERS.find(([pattern]) => pattern.test(lines[0]));
    const node = reader ? reader[1](lines) : paragraph(lines);
    if (node) nodes.push(node);
  }
  return nodes;
}

const READERS = [
  [/^\s*$/, (lines) => void lines.shift()],
  [/^```/, fence],
  [/^#{1,6} /, heading],
  [/^(?:-{3,}|\*{3,})\s*$/, (lines) => lines.shift() && h("hr")],
  [/^> ?/, (lines) => h("blockquote", {}, inline(take(lines, /^> ?/).join("\n")))],
  [/^\s*[-*+] /, (lines) => h("ul", {}, items(lines, /^\s*[-*+] /))],
  [/^\s*\d+[.)] /, (lines) => h("ol", {}, items(lines, /^\s*\d+[.)] /))],
];

function take(lines, pattern) {
  const taken = [];
  while (lines.length && pattern.test(lines[0])) taken.push(lines.shift().replace(pattern, ""));
  return taken;
}

const items = (lines, pattern) => take(lines, pattern).map((line) => h("li", {}, inline(line)));

function fence(lines) {
  lines.shift();
  const end = lines.findIndex((line) => line.startsWith("```"));
  const code = lines.splice(0, end < 0 ? lines.length : end);
  lines.shift();
  return h("pre", { class: "code-block" }, code.join("\n"));
}

function heading(lines) {
  const [, marks, words] = lines.shift().match(/^(#{1,6}) (.*)$/);
  return h("p", { class: "md-heading", role: "heading", "aria-level": Math.min(marks.length + 2, 6) }, inline(words));
}

function paragraph(lines) {
  const taken = [lines.shift()];
  while (lines.length && !READERS.some(([pattern]) => pattern.test(lines[0]))) taken.push(lines.shift());
  return h("p", {}, inline(taken.join("\n")));
}

function inline(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(at, match.index), token(match));
    at = match.index + match[0].length;
  }
  return [...nodes, text.slice(at)];
}

function token([whole, code, label, url, bold, bold2, strike, italic, italic2]) {
  if (code) return h("code", {}, code);
  if (label) return linkUrl(url) ? link(url, inline(label)) : whole;
  if (bold || bold2) return h("strong", {}, inline(bold || bold2));
  if (strike) return h("s", {}, inline(strike));
  return h("em", {}, inline(italic || italic2));
}
