// One message: who, when, what, and what can be done with it.
import { fileList } from "./attachments.js";
import { avatar } from "./avatar.js";
import { renderBlocks } from "./blocks.js";
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { keyOf } from "./store.js";
import { messageSurface } from "./surface.js";
import { clock, fullTime } from "./time.js";

/** `grouped`: it follows one by the same author. `replies`: those of its thread, null inside a thread. */
export function messageElement(app, message, { grouped, replies }) {
  const author = app.store.author(message.user);
  const ephemeral = Boolean(message.ephemeral_to);
  const blocks = message.blocks?.length ? renderBlocks(message.blocks, messageSurface(app, message)) : null;
  return h("article",
    { class: `message${grouped ? " grouped" : ""}${ephemeral ? " ephemeral" : ""}`, "aria-label": `${author.name}, ${clock(message.ts)}`,
      dataset: { ts: message.ts, key: keyOf(message), user: message.user, ephemeral: ephemeral ? message.ephemeral_id ?? "" : null } },
    grouped ? h("span", { class: "side-time", "aria-hidden": "true" }, clock(message.ts)) : avatar(author),
    h("div", { class: "message-body" },
      ephemeral || message.in_reply_to ? privacy(message, ephemeral) : null,
      grouped ? null : byline(author, message),
      h("div", { class: "message-content" }, blocks ?? h("div", { class: "text" }, mrkdwn(message.text ?? "", messageSurface(app, message)))),
      message.files?.length ? fileList(message.files) : null,
      message.edited ? h("span", { class: "edited" }, "(edited)") : null,
      replies?.length ? threadLink(app, message, replies) : null),
    ephemeral || replies === null ? null : tools(app, message));
}

const privacy = (message, ephemeral) =>
  h("p", { class: "privacy" },
    ephemeral ? [icon("eye", 14), message.in_reply_to ? "Only visible to you," : "Only visible to you"] : null,
    message.in_reply_to ? h("span", { dataset: { testid: "in-reply-to" } }, "in reply to ", h("code", {}, message.in_reply_to)) : null);

const byline = (author, message) =>
  h("header", { class: "byline" },
    h("strong", {}, author.name),
    author.isBot ? h("span", { class: "tag" }, "app") : null,
    h("time", { datetime: new Date(Number(message.ts) * 1000).toISOString(), title: fullTime(message.ts) }, clock(message.ts)));

function threadLink(app, message, replies) {
  const last = replies.at(-1);
  const faces = [...new Set(replies.map((one) => one.user))].slice(0, 3).map((user) => avatar(app.store.author(user), "small"));
  return h("button", { type: "button", class: "thread-link", dataset: { testid: "open-thread" }, on: { click: () => app.openThread(message.ts) } },
    h("span", { class: "faces" }, faces), h("strong", {}, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
    h("span", { class: "faint" }, `last at ${clock(last.ts)}`));
}

const tools = (app, message) =>
  h("div", { class: "message-tools" },
    h("button", { type: "button", class: "icon-button", title: "Reply in thread", dataset: { testid: "reply" }, on: { click: () => app.openThread(message.ts) } },
      hidden("Reply in thread"), icon("reply")));
