// The elements a person acts with at once: buttons, selects, overflow menus. `ctx.act(what)` tells the bot.
import { confirmed } from "./dialog.js";
import { h, hidden, link, linkUrl } from "./dom.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";

const ACTING = { button, static_select: staticSelect, overflow, conversations_select: conversationSelect };

/** The element for an actions block or an accessory; null when it is of a kind we do not draw. */
export function actionElement(element, block, ctx) {
  return ACTING[element.type]?.(element, block, ctx) ?? null;
}

async function act(element, block, ctx, control, extra = {}) {
  if (!(await confirmed(element.confirm, ctx))) return false;
  control.setAttribute("aria-busy", "true");
  try {
    await ctx.act({ block_id: block.block_id ?? "", action_id: element.action_id ?? "", ...extra });
  } finally {
    control.removeAttribute("aria-busy");
  }
  return true;
}

function button(element, block, ctx) {
  const props = { class: `button ${element.style ?? ""}`.trim(), "aria-label": element.accessibility_label,
    dataset: { actionId: element.action_id, value: element.value } };
  const told = () => {
    if (control.getAttribute("aria-busy") !== "true") act(element, block, ctx, control, element.value === undefined ? {} : { value: element.value });
  };
  const label = plain(element.text);
  const control = linkUrl(element.url)
    ? link(element.url, [label, icon("external", 14), hidden(" (opens in a new tab)")], props)
    : h("button", { ...props, type: "button" }, label);
  control.addEventListener("click", told);
  return control;
}

/** The options of a select, flat or in groups. */
export function optionNodes(element) {
  const option = (one) => h("option", { value: one.value }, plain(one.text));
  if (element.option_groups) {
    return element.option_groups.map((group) => h("optgroup", { label: plain(group.label) }, group.options.map(option)));
  }
  return (element.options ?? []).map(option);
}

export const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

function selectControl(element, options, initial) {
  const placeholder = plain(element.placeholder) || "Choose…";
  const select = h("select", { class: "select", "aria-label": placeholder, dataset: { actionId: element.action_id } },
    h("option", { value: "", disabled: true, hidden: true }, placeholder), options);
  select.value = initial ?? "";
  return select;
}

function staticSelect(element, block, ctx) {
  const initial = element.initial_option?.value ?? "";
  const select = selectControl(element, optionNodes(element), initial);
  select.addEventListener("change", async () => {
    const chosen = optionsOf(element).find((one) => one.value === select.value);
    if (!(await act(element, block, ctx, select, { selected_option: chosen }))) select.value = initial;
  });
  return select;
}

function conversationSelect(element, block, ctx) {
  const initial = element.initial_conversation ?? "";
  const select = selectControl(element, ctx.conversations().map((one) => h("option", { value: one.id }, one.label)), initial);
  select.addEventListener("change", async () => {
    if (!(await act(element, block, ctx, select, { value: select.value }))) select.value = initial;
  });
  return select;
}

function overflow(element, block, ctx) {
  const items = optionsOf(element).map((one) => {
    const label = plain(one.text);
    const choose = () => {
      close(true);
      act(element, block, ctx, opener, { selected_option: one });
    };
    const props = { role: "menuitem", tabindex: -1, class: "menu-item", dataset: { value: one.value }, on: { click: choose } };
    return linkUrl(one.url) ? link(one.url, label, { ...props, on: undefined }) : h("button", { ...props, type: "button" }, label);
  });
  const menu = h("div", { class: "menu", role: "menu", "aria-label": "More actions", hidden: true }, items);
  const opener = h("button", { type: "button", class: "icon-button bordered", "aria-haspopup": "menu", "aria-expanded": "false",
    dataset: { actionId: element.action_id }, on: { click: () => (menu.hidden ? open() : close(true)) } }, hidden("More actions"), icon("more"));
  const root = h("div", { class: "menu-anchor" }, opener, menu);

  const outside = (event) => root.contains(event.target) || close(false);
  function open() {
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    items[0]?.focus();
    document.addEventListener("pointerdown", outside);
  }
  function close(refocus) {
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside);
    if (refocus) opener.focus();
  }
  root.addEventListener("keydown", (event) => {
    if (menu.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    else if (event.key === "Escape") close(true);
    else if (event.key === "Tab") close(false);
    if (step || event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  return root;
}
