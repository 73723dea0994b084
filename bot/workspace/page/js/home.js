// The Home tab: one view of the bot's, for this person alone.
import { renderBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { logo } from "./icons.js";
import { viewSurface } from "./surface.js";

/** The Home view's element, or words that say there is none yet. */
export function homeElement(app) {
  const view = app.store.homes[app.person];
  if (!view) {
    return h("section", { class: "welcome", dataset: { testid: "home-empty" } }, logo(52),
      h("h2", {}, "Nothing here yet"),
      h("p", { class: "welcome-topic" }, `${app.store.bot.name} fills this page when you open it. If it stays empty, the bot has not answered.`));
  }
  return h("section", { class: "home", "aria-label": `${app.store.bot.name} Home`, dataset: { testid: "home" } }, renderBlocks(view.blocks, viewSurface(app, view)));
}
