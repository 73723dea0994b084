// Times, always in the reader's own zone.

const DAY = 86_400_000;
const format = (options) => new Intl.DateTimeFormat("en-GB", options);
const formats = {
  clock: format({ hour: "2-digit", minute: "2-digit" }),
  seconds: format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  number: format({ day: "2-digit", month: "2-digit", year: "numeric" }),
  short: format({ day: "numeric", month: "short", year: "numeric" }),
  plain: format({ day: "numeric", month: "long", year: "numeric" }),
  long: format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  full: format({ weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }),
};

/** A Slack timestamp ("1700000000.000100", seconds) as a Date. */
export const dateOf = (ts) => new Date(Number(ts) * 1000);

/** Orders two Slack timestamps; as text, since sixteen digits do not fit a float exactly. */
export function compareTs(a, b) {
  const [aWhole, aPart = ""] = String(a).split(".");
  const [bWhole, bPart = ""] = String(b).split(".");
  return Number(aWhole) - Number(bWhole) || aPart.padEnd(6, "0").localeCompare(bPart.padEnd(6, "0"));
}

export const clock = (ts) => formats.clock.format(dateOf(ts));
export const fullTime = (ts) => formats.full.format(dateOf(ts));
export const dayKey = (ts) => dateOf(ts).toDateString();

/** "Today", "Yesterday", or the whole date. */
export const dayLabel = (ts) => pretty(dateOf(ts), formats.long);

function pretty(date, otherwise) {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const days = Math.floor((date - midnight) / DAY);
  return { 0: "Today", "-1": "Yesterday", 1: "Tomorrow" }[days] ?? otherwise.format(date);
}

function ago(date) {
  const seconds = Math.round((date - Date.now()) / 1000);
  const words = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
  for (const [unit, size] of [["day", 86_400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  }
  return words.format(seconds, "second");
}

const TOKENS = {
  date_num: (date) => formats.number.format(date),
  date: (date) => formats.plain.format(date),
  date_short: (date) => formats.short.format(date),
  date_long: (date) => formats.long.format(date),
  date_pretty: (date) => pretty(date, formats.plain),
  date_short_pretty: (date) => pretty(date, formats.short),
  date_long_pretty: (date) => pretty(date, formats.long),
  day_divider_pretty: (date) => pretty(date, formats.long),
  time: (date) => formats.clock.format(date),
  time_secs: (date) => formats.seconds.format(date),
  ago,
};

/** Slack's date markup: `{date_short_pretty} at {time}`; the fallback when the timestamp is no number. */
export function slackDate(seconds, template, fallback) {
  const date = new Date(Number(seconds) * 1000);
  if (!seconds || Number.isNaN(date.getTime())) return fallback;
  return template.replace(/\{(\w+)\}/g, (whole, token) => TOKENS[token]?.(date) ?? whole);
}
