// The shortcodes the bot and its readers use; anything else stays as it was typed.

const EMOJI = {
  "+1": "👍", "-1": "👎", alarm_clock: "⏰", arrow_down: "⬇️", arrow_right: "➡️", arrow_up: "⬆️", ballot_box_with_check: "☑️",
  bar_chart: "📊", bell: "🔔", bulb: "💡", calendar: "📅", chart_with_downwards_trend: "📉", chart_with_upwards_trend: "📈",
  clap: "👏", clipboard: "📋", exclamation: "❗", eyes: "👀", file_folder: "📁", fire: "🔥", fire_engine: "🚒", gear: "⚙️",
  grey_question: "❔", heart: "❤️", heavy_check_mark: "✔️", hourglass: "⌛", inbox_tray: "📥", information_source: "ℹ️",
  large_blue_circle: "🔵", large_green_circle: "🟢", large_orange_circle: "🟠", large_yellow_circle: "🟡", link: "🔗",
  mag: "🔍", mailbox: "📫", memo: "📝", newspaper: "📰", no_entry: "⛔", no_entry_sign: "🚫", package: "📦", page_facing_up: "📄",
  paperclip: "📎", pause_button: "⏸️", pencil: "📝", police_car: "🚓", pushpin: "📌", question: "❓", raised_hands: "🙌",
  red_circle: "🔴", rocket: "🚀", rotating_light: "🚨", scales: "⚖️", slightly_smiling_face: "🙂", smile: "😄", sparkles: "✨",
  speech_balloon: "💬", star: "⭐", stopwatch: "⏱️", tada: "🎉", thinking_face: "🤔", thumbsdown: "👎", thumbsup: "👍",
  warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", x: "❌", zap: "⚡",
};

/** The character for a shortcode's name, or null. */
export const emoji = (name) => (Object.hasOwn(EMOJI, name) ? EMOJI[name] : null);

/** Text with the known `:shortcodes:` replaced. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) ?? whole);
