// table and data_table blocks. Both scroll sideways in their own frame; the page never does.
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";
import { decode, plain } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const DEFAULT_PAGE_SIZE = 5;

const RECEIPT = /(R-\d{1,9}(?: ¶\d{1,9})?)/; // never broken over two lines

const words = (cell) => String(cell?.text ?? cell?.value ?? "");

function content(cell, ctx) {
  if (cell?.type === "rich_text") return richText(cell, ctx);
  return decode(words(cell)).split(RECEIPT).map((part) => (part.match(RECEIPT) ? h("span", { class: "receipt" }, part) : part));
}

const frame = (label, table) =>
  h("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": `${label}, scrolls sideways` }, table);

/** A table block: the first row is its heading. */
export function table(block, ctx) {
  const settings = block.column_settings ?? [];
  const row = (cells, tag) =>
    h("tr", {}, cells.map((cell, i) =>
      h(tag, { scope: tag === "th" ? "col" : null, class: cellClass(cell, settings[i]) }, content(cell, ctx))));
  const [head = [], ...body] = block.rows ?? [];
  return frame("Table", h("table", {}, h("thead", {}, row(head, "th")), h("tbody", {}, body.map((cells) => row(cells, "td")))));
}

const cellClass = (cell, setting = {}) =>
  [`align-${setting?.align ?? (cell?.type === "raw_number" ? "right" : "left")}`, setting?.is_wrapped ? "wrapped" : ""].join(" ").trim();

/** A data_table block: its columns sort, its rows filter, and long ones turn pages. */
export function dataTable(block, ctx) {
  const [head = [], ...rows] = block.rows ?? [];
  const size = block.page_size ?? DEFAULT_PAGE_SIZE;
  const view = { column: null, descending: false, page: 0, filter: "" };
  const caption = plain(block.caption);
  const root = h("div", { class: "data-table" });
  const body = h("tbody");
  const pager = h("div", { class: "pager" });
  const headings = head.map((cell, i) => heading(cell, i));

  function heading(cell, index) {
    const sort = h("button", { type: "button", class: "sort", on: { click: () => sortBy(index) } }, decode(words(cell)), icon("down", 14));
    return h("th", { scope: "col", "aria-sort": "none", class: cellClass(rows[0]?.[index]) }, sort);
  }

  function sortBy(index) {
    view.descending = view.column === index && !view.descending;
    Object.assign(view, { column: index, page: 0 });
    draw();
  }

  function visible() {
    const wanted = view.filter.trim().toLowerCase();
    const found = wanted ? rows.filter((cells) => cells.some((cell) => text(cell).toLowerCase().includes(wanted))) : [...rows];
    if (view.column === null) return found;
    const sign = view.descending ? -1 : 1;
    return found.sort((a, b) => sign * order(a[view.column], b[view.column]));
  }

  function draw() {
    const found = visible();
    const pages = Math.max(1, Math.ceil(found.length / size));
    view.page = Math.min(view.page, pages - 1);
    const shown = found.slice(view.page * size, (view.page + 1) * size);
    body.replaceChildren(...shown.map((cells) => h("tr", {}, cells.map(bodyCell))));
    headings.forEach((cell, i) =>
      cell.setAttribute("aria-sort", i !== view.column ? "none" : view.descending ? "descending" : "ascending"));
    const first = found.length ? view.page * size + 1 : 0;
    pager.replaceChildren(
      h("span", { role: "status" }, `${first}–${view.page * size + shown.length} of ${found.length}`),
      turn("Previous rows", -1, view.page === 0), turn("Next rows", 1, view.page >= pages - 1));
  }

  function turn(label, step, disabled) {
    const go = () => {
      view.page += step;
      draw();
    };
    return h("button", { type: "button", class: `icon-button turn${step < 0 ? " back" : ""}`, disabled, on: { click: go } },
      hidden(label), icon("down", 16));
  }

  const bodyCell = (cell, i) =>
    i === block.row_header_column_index
      ? h("th", { scope: "row" }, content(cell, ctx))
      : h("td", { class: cellClass(cell) }, content(cell, ctx));

  const filter = h("input", { type: "search", class: "field small", placeholder: "Filter rows", "aria-label": `Filter ${caption}`,
    on: { input: () => { view.filter = filter.value; view.page = 0; draw(); } } });
  draw();
  root.append(
    h("div", { class: "data-table-bar" }, h("strong", {}, caption), rows.length > size ? filter : ""),
    frame(caption, h("table", {}, h("caption", { class: "visually-hidden" }, caption), h("thead", {}, h("tr", {}, headings)), body)));
  if (rows.length > size) root.append(pager);
  return root;
}

function text(cell) {
  if (cell?.type !== "rich_text") return words(cell);
  const leaves = (part) => (part.elements ? part.elements.map(leaves).join(" ") : part.text ?? "");
  return leaves(cell);
}

function order(a, b) {
  const [x, y] = [text(a), text(b)];
  const numbers = [x, y].map((value) => Number(value.replace(/[,%]/g, "")));
  return x && y && numbers.every(Number.isFinite) ? numbers[0] - numbers[1] : x.localeCompare(y, "en-GB");
}
