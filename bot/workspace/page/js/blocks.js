// Block Kit: one drawer for each type of block. `ctx` is the surface: names, what acting does, and the inputs of a modal.
import { actionElement } from "./actions.js";
import { chart } from "./charts.js";
import { h, imageUrl } from "./dom.js";
import { inputElement } from "./inputs.js";
import { markdown } from "./markdown.js";
import { decode, plain, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";

const DRAWERS = {
  section,
  context,
  actions,
  image,
  input,
  table,
  header: (block) => h("div", { role: "heading", "aria-level": 3 }, plain(block.text)),
  divider: () => h("hr"),
  rich_text: richText,
  markdown: (block) => markdown(block.text ?? ""),
  data_table: dataTable,
  data_visualization: chart,
};

/** The blocks as elements, each marked with its type and id. */
export function renderBlocks(blocks, ctx) {
  return (blocks ?? []).filter(Boolean).map((block) => {
    const drawn = draw(block, ctx);
    return h("div", { class: `block block-${drawn ? block.type : "unknown"}`, dataset: { blockType: block.type, blockId: block.block_id } },
      drawn ?? cannotShow(block.type));
  });
}

function draw(block, ctx) {
  if (!Object.hasOwn(DRAWERS, block.type)) return null;
  try {
    return DRAWERS[block.type](block, ctx);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null; // a block of a known type that is not made as that type should be
  }
}

const cannotShow = (type) => h("div", { class: "quiet-box", dataset: { testid: "unknown-block" } }, "This page cannot show this block: ", h("code", {}, String(type)));

function section(block, ctx) {
  const fields = (block.fields ?? []).map((field) => h("div", { class: "text" }, textObject(field, ctx)));
  const side = block.accessory ? accessory(block.accessory, block, ctx) : null;
  const beside = ["image", "overflow"].includes(block.accessory?.type);
  return h("div", { class: `section${beside ? " beside" : ""}` },
    h("div", { class: "section-words" },
      block.text ? h("div", { class: "text" }, textObject(block.text, ctx)) : null,
      fields.length ? h("div", { class: "fields" }, fields) : null),
    side ? h("div", { class: "accessory" }, side) : null);
}

function accessory(element, block, ctx) {
  return element.type === "image" ? picture(element, "thumb") : actionElement(element, block, ctx) ?? cannotShow(element.type);
}

function picture(element, className) {
  const url = imageUrl(element.image_url ?? element.slack_file?.url);
  const alt = decode(element.alt_text ?? "");
  const missing = () => h("span", { class: "missing-picture", role: "img", "aria-label": alt }, alt || "Picture");
  if (!url) return missing();
  const node = h("img", { class: className, src: url, alt, loading: "lazy", referrerpolicy: "no-referrer",
    on: { error: () => node.replaceWith(missing()) } });
  return node;
}

function context(block, ctx) {
  return h("div", { class: "context" }, (block.elements ?? []).map((element) =>
    element.type === "image" ? picture(element, "context-image") : h("span", { class: "text" }, textObject(element, ctx))));
}

function actions(block, ctx) {
  return h("div", { class: "actions" }, (block.elements ?? []).map((element) => actionElement(element, block, ctx) ?? cannotShow(element.type)));
}

function image(block) {
  const title = block.title ? h("figcaption", {}, plain(block.title)) : null;
  return h("figure", { class: "picture" }, title, picture(block, "full"));
}

function input(block, ctx) {
  const { element } = block;
  const id = `${ctx.surfaceId}-${block.block_id}`;
  const names = { control: `${id}-control`, label: `${id}-label`, describedBy: `${id}-hint ${id}-error` };
  const control = inputElement(element, ctx.keptValue(block.block_id, element.action_id), ctx, names);
  if (!control) return null;
  const error = h("p", { id: `${id}-error`, class: "field-error", role: "alert", hidden: true });
  ctx.addInput({ block, ...control, error });
  return h("div", { class: "input" },
    h("label", { id: names.label, for: names.control }, plain(block.label), block.optional ? h("span", { class: "optional" }, " (optional)") : null),
    control.node,
    h("p", { id: `${id}-hint`, class: "hint" }, block.hint ? plain(block.hint) : null),
    error);
}
