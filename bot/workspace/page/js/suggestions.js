// "Try first": lines to say to the bot, each one click away.
import { openDialog } from "./dialog.js";
import { h, hidden } from "./dom.js";
import { icon, logo } from "./icons.js";
import { plain } from "./mrkdwn.js";

/** The cards; a click says the line, the pencil puts it into the message box. `done` runs after either. */
export function suggestionCards(app, done = () => {}) {
  return h("ul", { class: "cards", dataset: { testid: "suggestions" } }, app.store.suggestions.map((one) => card(app, one, done)));
}

function card(app, suggestion, done) {
  const run = (how) => () => {
    done();
    how(suggestion);
  };
  return h("li", { class: "card" },
    h("button", { type: "button", class: "card-main", dataset: { suggestion: suggestion.text }, on: { click: run((one) => app.trySuggestion(one)) } },
      h("code", {}, suggestion.text), h("span", {}, suggestion.about),
      suggestion.conversation === "dm" ? h("span", { class: "card-where" }, "in a direct message") : null),
    h("button", { type: "button", class: "icon-button card-edit", title: "Put it in the message box", on: { click: run((one) => app.fillSuggestion(one)) } },
      hidden(`Put “${suggestion.text}” in the message box`), icon("pencil", 16)));
}

export function openSuggestions(app) {
  const dialog = openDialog({
    title: "Try first",
    className: "dialog-wide",
    testid: "suggestions-dialog",
    body: [h("p", { class: "faint" }, "A click says it as you, here or in your direct message with the bot."), suggestionCards(app, () => dialog.close())],
  });
}

/** What stands above the messages: a welcome where there are none yet, one line where there are. */
export function intro(app, conversation, empty) {
  const { store } = app;
  const dm = conversation.kind === "dm";
  const name = store.label(conversation);
  if (!empty) return h("p", { class: "intro-line" }, dm ? `Your direct messages with ${name} begin here.` : `${name} begins here.`);
  return h("section", { class: "welcome", "aria-label": "Welcome" },
    logo(52),
    h("h2", {}, dm ? `Talk with ${name}` : name),
    h("p", { class: "welcome-topic" }, plain(conversation.topic) || (dm ? "Ask in your own words: a force, a year, a pillar." : "Nothing has been said here yet.")),
    store.suggestions.length ? [h("h3", {}, "Try first"), suggestionCards(app)] : null);
}
