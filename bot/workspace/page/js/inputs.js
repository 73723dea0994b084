// The elements of input blocks in modals. Each is {node, focus, read()}; `read` gives Slack's own shape of the value.
import { h } from "./dom.js";
import { optionNodes, optionsOf } from "./actions.js";
import { plain, textObject } from "./mrkdwn.js";

const INPUTS = {
  plain_text_input: textInput,
  static_select: select,
  checkboxes: (element, kept, ctx, names) => choices(element, kept, ctx, names, "checkbox"),
  radio_buttons: (element, kept, ctx, names) => choices(element, kept, ctx, names, "radio"),
  datepicker: (element, kept, ctx, names) => dated(element, kept, names, "date"),
  timepicker: (element, kept, ctx, names) => dated(element, kept, names, "time"),
  conversations_select: conversations,
};

/** The control for `element`; `kept` is the value it had before a redraw, `names` the ids that label it. */
export function inputElement(element, kept, ctx, names) {
  return INPUTS[element.type]?.(element, kept, ctx, names) ?? null;
}

const common = (element, names) => ({ id: names.control, "aria-describedby": names.describedBy, dataset: { actionId: element.action_id } });

function textInput(element, kept, ctx, names) {
  const tag = element.multiline ? "textarea" : "input";
  const node = h(tag, { ...common(element, names), class: "field", type: element.multiline ? null : "text", rows: element.multiline ? 4 : null,
    placeholder: plain(element.placeholder) || null, minlength: element.min_length, maxlength: element.max_length, autocomplete: "off" });
  node.value = kept?.value ?? element.initial_value ?? "";
  return { node, read: () => ({ type: element.type, value: node.value === "" ? null : node.value }) };
}

function select(element, kept, ctx, names) {
  const node = h("select", { ...common(element, names), class: "select" },
    h("option", { value: "" }, plain(element.placeholder) || "Choose…"), optionNodes(element));
  node.value = kept?.selected_option?.value ?? element.initial_option?.value ?? "";
  const chosen = () => optionsOf(element).find((one) => one.value === node.value) ?? null;
  return { node, read: () => ({ type: element.type, selected_option: chosen() }) };
}

function conversations(element, kept, ctx, names) {
  const node = h("select", { ...common(element, names), class: "select" },
    h("option", { value: "" }, plain(element.placeholder) || "Choose a conversation…"),
    ctx.conversations().map((one) => h("option", { value: one.id }, one.label)));
  const fallback = element.default_to_current_conversation ? ctx.currentConversation() : "";
  node.value = kept?.selected_conversation ?? element.initial_conversation ?? fallback ?? "";
  return { node, read: () => ({ type: element.type, selected_conversation: node.value || null }) };
}

function dated(element, kept, names, kind) {
  const node = h("input", { ...common(element, names), type: kind, class: "field short" });
  node.value = kept?.[`selected_${kind}`] ?? element[`initial_${kind}`] ?? "";
  return { node, read: () => ({ type: element.type, [`selected_${kind}`]: node.value || null }) };
}

function choices(element, kept, ctx, names, kind) {
  const many = kind === "checkbox";
  const before = many
    ? kept?.selected_options ?? element.initial_options ?? []
    : [kept ? kept.selected_option : element.initial_option].filter(Boolean);
  const on = new Set(before.map((one) => one.value));
  const boxes = optionsOf(element).map((one) => {
    const box = h("input", { type: kind, name: names.control, value: one.value });
    box.checked = on.has(one.value);
    const description = one.description ? h("small", {}, textObject(one.description, ctx)) : null;
    return [one, box, h("label", { class: "choice" }, box, h("span", {}, textObject(one.text, ctx), description))];
  });
  const node = h("div", { ...common(element, names), class: "choices", role: many ? "group" : "radiogroup", tabindex: -1,
    "aria-labelledby": names.label }, boxes.map(([, , label]) => label));
  const chosen = () => boxes.filter(([, box]) => box.checked).map(([one]) => one);
  const read = () => (many ? { type: element.type, selected_options: chosen() } : { type: element.type, selected_option: chosen()[0] ?? null });
  return { node, read };
}
