// data_visualization blocks, drawn as plain SVG; the same numbers follow as a table for those who do not see it.
import { h, s } from "./dom.js";
import { decode } from "./mrkdwn.js";

const PLOT = { left: 44, top: 14, bottom: 206 };
const ROOM_BELOW = { level: 24, turned: 50, title: 20 };
const MARGIN_RIGHT = 12;
const TICKS = 4;
const LETTER = 6.4; // pixels, of a label
const LONGEST_TURNED_TITLE = 28; // letters that fit beside the plot

/** In pixels: a phone's charts are narrower, so that most need not be scrolled. */
const widths = () => window.matchMedia("(max-width: 640px)").matches
  ? { category: 46, narrowest: 284, widest: 640 }
  : { category: 64, narrowest: 400, widest: 640 };

/** The block as a figure: title, drawing, legend, and a visually hidden table. */
export function chart(block) {
  const data = block.chart ?? {};
  const title = decode(String(block.title ?? ""));
  const isPie = data.type === "pie";
  if (!isPie && !["bar", "line", "area"].includes(data.type)) return null;
  const names = isPie ? data.segments.map((part) => part.label) : data.series.map((one) => one.name);
  const frame = isPie ? { width: 220, height: 220 } : layout(data);
  const size = isPie ? { width: 190, height: 190 } : { width: frame.width, height: frame.height };
  const drawing = s("svg", { ...size, viewBox: `0 0 ${frame.width} ${frame.height}`, role: "img",
    "aria-label": `${title}: ${data.type} chart, its numbers follow as a table`, class: `chart chart-${data.type}` },
    isPie ? pie(data.segments) : plot(data, frame));
  const unit = data.axis_config?.y_label;
  const key = isPie ? data.segments.map((part) => `${part.label}: ${part.value}`) : names;
  return h("figure", { class: "chart-figure" },
    h("figcaption", {}, title),
    unit && !isPie && unit.length > LONGEST_TURNED_TITLE ? h("p", { class: "chart-unit" }, decode(unit)) : null,
    h("div", { class: "chart-scroll", tabindex: 0, role: "group", "aria-label": title }, drawing),
    key.length > 1 || isPie ? legend(key) : null,
    isPie ? numbers(title, ["Part", "Value"], data.segments.map((part) => [part.label, part.value]))
          : numbers(title, ["", ...names], categories(data).map((label) => [label, ...data.series.map((one) => valueAt(one, label))])));
}

const legend = (names) =>
  h("ul", { class: "legend", "aria-hidden": "true" }, names.map((name, i) => h("li", { class: `series-${i % 6}` }, decode(String(name)))));

function numbers(title, heads, rows) {
  const table = h("table", {}, h("caption", {}, title),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, decode(String(head)))))),
    h("tbody", {}, rows.map(([label, ...values]) => h("tr", {}, h("th", { scope: "row" }, decode(String(label))), values.map((value) => h("td", {}, value ?? ""))))));
  return h("div", { class: "visually-hidden" }, table); // a table itself cannot be made as small as nothing
}

const categories = (data) => data.axis_config?.categories ?? data.series[0]?.data.map((point) => point.label) ?? [];
const valueAt = (series, label) => series.data.find((point) => point.label === label)?.value ?? null;

/** Where everything stands; labels lie level where each has room under its band. */
function layout(data) {
  const labels = categories(data);
  const { category, narrowest, widest } = widths();
  const width = Math.min(Math.max(PLOT.left + MARGIN_RIGHT + category * labels.length, narrowest), widest);
  const band = (width - MARGIN_RIGHT - PLOT.left) / Math.max(labels.length, 1);
  const level = labels.every((label) => label.length * LETTER <= band);
  const title = data.axis_config?.x_label ? ROOM_BELOW.title : 0;
  return { width, band, level, right: width - MARGIN_RIGHT, height: PLOT.bottom + (level ? ROOM_BELOW.level : ROOM_BELOW.turned) + title };
}

function plot(data, { band, level, right, height }) {
  const labels = categories(data);
  const values = data.series.flatMap((one) => one.data.map((point) => Number(point.value)));
  const scale = scaleFor(Math.min(0, ...values), Math.max(0, ...values));
  const centre = (i) => PLOT.left + band * (i + 0.5);
  const marks = data.series.map((series, n) => {
    const points = labels.map((label, i) => [centre(i), valueAt(series, label)]).filter(([, value]) => value !== null);
    return s("g", { class: `series-${n % 6}` }, data.type === "bar" ? bars(points, n, data.series.length, band, scale) : path(points, data.type, scale));
  });
  return [grid(scale, right), axis(labels, centre, level), marks, axisTitles(data.axis_config ?? {}, right, height)];
}

function scaleFor(low, high) {
  const rough = (high - low || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const bottom = Math.floor(low / step) * step;
  const top = Math.ceil(high / step) * step || step;
  const y = (value) => PLOT.bottom - ((value - bottom) / (top - bottom)) * (PLOT.bottom - PLOT.top);
  const count = Math.round((top - bottom) / step);
  return { y, ticks: Array.from({ length: count + 1 }, (_, i) => Number((bottom + i * step).toPrecision(10))) };
}

const grid = ({ y, ticks }, right) => ticks.map((tick) => [
  s("line", { class: tick === 0 ? "axis-line" : "grid-line", x1: PLOT.left, x2: right, y1: y(tick), y2: y(tick) }),
  s("text", { class: "tick", x: PLOT.left - 8, y: y(tick) + 4, "text-anchor": "end" }, tick.toLocaleString("en-GB")),
]);

function axis(labels, centre, level) {
  return labels.map((label, i) => {
    const [x, y] = [centre(i), PLOT.bottom + 16];
    const turned = level ? {} : { transform: `rotate(-28 ${x} ${y})` };
    return s("text", { class: "tick", x, y, "text-anchor": level ? "middle" : "end", ...turned }, decode(label));
  });
}

function axisTitles({ x_label: across, y_label: up }, right, height) {
  const middle = (PLOT.top + PLOT.bottom) / 2;
  return [
    across ? s("text", { class: "axis-title", x: (PLOT.left + right) / 2, y: height - 4, "text-anchor": "middle" }, decode(across)) : null,
    up && up.length <= LONGEST_TURNED_TITLE ? s("text", { class: "axis-title", x: 10, y: middle, "text-anchor": "middle", transform: `rotate(-90 10 ${middle})` }, decode(up)) : null,
  ];
}

function bars(points, n, count, band, { y }) {
  const width = Math.min((band * 0.72) / count, 44);
  return points.map(([centre, value]) => {
    const top = Math.min(y(value), y(0));
    const x = centre - (width * count) / 2 + n * width;
    return s("rect", { class: "shape", x: x + 1, y: top, width: Math.max(width - 2, 1), height: Math.max(Math.abs(y(value) - y(0)), 1), rx: 2 },
      s("title", {}, String(value)));
  });
}

function path(points, type, { y }) {
  const line = points.map(([x, value], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const dots = points.map(([x, value]) => s("circle", { class: "shape", cx: x, cy: y(value), r: 3.5 }, s("title", {}, String(value))));
  if (type !== "area" || !points.length) return [s("path", { class: "stroke", d: line }), dots];
  const floor = y(0).toFixed(1);
  const under = `${line}L${points.at(-1)[0].toFixed(1)} ${floor}L${points[0][0].toFixed(1)} ${floor}Z`;
  return [s("path", { class: "under", d: under }), s("path", { class: "stroke", d: line }), dots];
}

function pie(segments) {
  const total = segments.reduce((sum, part) => sum + Number(part.value), 0) || 1;
  let from = 0;
  return segments.map((part, i) => {
    const share = Number(part.value) / total;
    const slice = s("path", { class: "shape slice", d: wedge(from, from + share) }, s("title", {}, `${part.label}: ${part.value}`));
    from += share;
    return s("g", { class: `series-${i % 6}` }, slice);
  });
}

/** A ring segment from one share of the circle to another, clockwise from noon. */
function wedge(from, to) {
  const end = Math.min(to, from + 0.9999); // a whole circle has no arc of its own
  const at = (share, radius) => {
    const angle = share * 2 * Math.PI - Math.PI / 2;
    return `${(110 + radius * Math.cos(angle)).toFixed(2)} ${(110 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const wide = end - from > 0.5 ? 1 : 0;
  return `M${at(from, 100)}A100 100 0 ${wide} 1 ${at(end, 100)}L${at(end, 52)}A52 52 0 ${wide} 0 ${at(from, 52)}Z`;
}
