// Slack's mrkdwn and plain_text objects, as elements. `ctx` names people and channels: userName(id), channelName(id).
import { h, link, linkUrl } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { slackDate } from "./time.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { "*": "strong", _: "em", "~": "s" };
const TOKEN = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+):|(https?:\/\/[^\s<>|*~`]+[^\s<>|*~`.,;:!?)\]'"])|[*_~]/g;

/** The three entities Slack knows, decoded once. */
export const decode = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/** A text object (`plain_text` or `mrkdwn`) or a bare string, as nodes. */
export function textObject(text, ctx) {
  if (!text) return null;
  if (text.type === "mrkdwn") return mrkdwn(text.text ?? "", ctx);
  return plain(text);
}

/** The words of a plain_text object or a string, with entities decoded. */
export function plain(text) {
  if (!text) return "";
  if (typeof text === "string") return decode(text);
  const decoded = decode(text.text ?? "");
  return text.emoji === false ? decoded : withEmoji(decoded);
}

/** mrkdwn source as a fragment: code fences, quotes, and styled lines. */
export function mrkdwn(source, ctx) {
  const out = document.createDocumentFragment();
  const parts = fenced(source);
  parts.forEach((part, index) => {
    if (index % 2) return out.append(h("pre", { class: "code-block" }, decode(part.replace(/^\n|\n$/g, ""))));
    // The line break beside a fence belongs to the fence.
    const start = index > 0 && part.startsWith("\n") ? 1 : 0;
    const end = index < parts.length - 1 && part.endsWith("\n") ? -1 : undefined;
    return quotesAndLines(part.slice(start, end), ctx, out);
  });
  return out;
}

/** Splits at the code fences: every second part is code. A fence that is never closed is just three marks. */
function fenced(source) {
  const parts = source.split("```");
  if (parts.length % 2) return parts;
  return [...parts.slice(0, -2), parts.slice(-2).join("```")];
}

function quotesAndLines(text, ctx, out) {
  if (!text) return;
  let quoted = null;
  let lines = [];
  const flush = () => {
    if (!lines.length) return;
    const nodes = inline(lines.join("\n"), ctx);
    out.append(quoted ? h("blockquote", {}, nodes) : h("span", { class: "lines" }, nodes));
    lines = [];
  };
  for (const line of text.split("\n")) {
    const mark = line.match(/^(?:>|&gt;) ?/);
    if (Boolean(mark) !== quoted) flush();
    quoted = Boolean(mark);
    lines.push(mark ? line.slice(mark[0].length) : line);
  }
  flush();
}

/** Styled text within a paragraph, as a list of nodes. */
export function inline(text, ctx) {
  const nodes = [];
  let at = 0;
  const push = (upTo) => at < upTo && nodes.push(decode(text.slice(at, upTo)));
  const token = new RegExp(TOKEN); // its own place in the text: the function calls itself
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [node, end] = tokenNode(match, text, ctx);
    if (node === null) {
      token.lastIndex = match.index + (STYLES[match[0]] ? 1 : match[0].length);
      continue;
    }
    push(match.index);
    nodes.push(node);
    at = token.lastIndex = end;
  }
  push(text.length);
  return nodes;
}

function tokenNode(match, text, ctx) {
  const [whole, code, angle, shortcode, url] = match;
  const end = match.index + whole.length;
  if (code) return [h("code", {}, decode(code)), end];
  if (angle) return [angled(angle, ctx), end];
  if (shortcode) return [emoji(shortcode), end];
  if (url) return [link(decode(url), decode(url)), end];
  const close = closing(text, match.index);
  if (close < 0) return [null, end];
  return [h(STYLES[whole], {}, inline(text.slice(match.index + 1, close), ctx)), close + 1];
}

/** Where the style opened at `start` ends, or -1: Slack styles whole words on one line only. */
function closing(text, start) {
  const mark = text[start];
  if (/[\p{L}\p{N}]/u.test(text[start - 1] ?? "")) return -1;
  if (!text[start + 1] || /\s/.test(text[start + 1]) || text[start + 1] === mark) return -1;
  for (let i = start + 1; i < text.length && text[i] !== "\n"; i += 1) {
    const skip = text.slice(i).match(/^(?:<[^<>\n]+>|`[^`\n]+`)/);
    if (skip) i += skip[0].length - 1;
    else if (text[i] === mark && !/\s/.test(text[i - 1]) && !/[\p{L}\p{N}]/u.test(text[i + 1] ?? "")) return i;
  }
  return -1;
}

function angled(body, ctx) {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? null : decode(body.slice(bar + 1));
  if (target.startsWith("@")) return mention(`@${ctx.userName(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith("#")) return mention(`#${ctx.channelName(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith("!")) return command(target.slice(1), label);
  const url = decode(target);
  if (linkUrl(url)) return link(url, label || url.replace(/^mailto:/, ""));
  return `<${decode(body)}>`;
}

function command(target, label) {
  const [name, seconds, template, url] = target.split("^");
  if (name === "date") {
    const words = slackDate(seconds, template ?? "", label ?? "");
    const time = h("time", {}, words);
    return url ? link(decode(url), time) : time;
  }
  if (name === "subteam") return inert(label ?? "@group");
  return inert(`@${label?.replace(/^@/, "") ?? name}`);
}

/** A name of a person or a channel. */
export const mention = (name) => h("span", { class: "mention" }, name);

/** A broadcast such as @channel: shown as words, and nothing more. */
export const inert = (words) => h("span", { class: "inert" }, words);
