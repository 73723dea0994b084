// rich_text blocks. Their text elements hold the words as they are: no markup and no entities are read in them.
import { append, h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { inert, mention } from "./mrkdwn.js";
import { slackDate } from "./time.js";

const STYLE_TAGS = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]];

/** The parts of a rich_text block, in order. */
export function richText(block, ctx) {
  return (block.elements ?? []).map((part) => PARTS[part.type]?.(part, ctx) ?? null);
}

const PARTS = {
  rich_text_section: (part, ctx) => h("div", { class: "rt-section" }, leaves(part, ctx)),
  rich_text_quote: (part, ctx) => h("blockquote", {}, leaves(part, ctx)),
  rich_text_preformatted: (part, ctx) => h("pre", { class: "code-block" }, leaves(part, ctx)),
  rich_text_list: list,
};

function list(part, ctx) {
  const ordered = part.style === "ordered";
  const items = (part.elements ?? []).map((item) => h("li", {}, leaves(item, ctx)));
  return h(
    ordered ? "ol" : "ul",
    { class: "rt-list", start: ordered && part.offset ? part.offset + 1 : null, dataset: { indent: Math.min(part.indent ?? 0, 6) } },
    items,
  );
}

const leaves = (part, ctx) => (part.elements ?? []).map((leaf) => styled(leafNode(leaf, ctx), leaf.style));

function leafNode(leaf, ctx) {
  switch (leaf.type) {
    case "text":
      return leaf.text ?? "";
    case "link":
      return link(leaf.url, leaf.text || leaf.url || "");
    case "emoji":
      return emoji(leaf.name) ?? `:${leaf.name}:`;
    case "user":
      return mention(`@${ctx.userName(leaf.user_id) ?? leaf.user_id}`);
    case "channel":
      return mention(`#${ctx.channelName(leaf.channel_id) ?? leaf.channel_id}`);
    case "usergroup":
      return inert("@group");
    case "broadcast":
      return inert(`@${leaf.range}`);
    case "date":
      return date(leaf);
    case "color":
      return h("code", {}, leaf.value);
    default:
      return null;
  }
}

function date(leaf) {
  const words = h("time", {}, slackDate(leaf.timestamp, leaf.format ?? "", leaf.fallback ?? ""));
  return leaf.url ? link(leaf.url, words) : words;
}

function styled(node, style) {
  if (node === null || !style) return node;
  return STYLE_TAGS.filter(([name]) => style[name]).reduce((inner, [, tag]) => append(h(tag), [inner]), node);
}
