// Puts the page together: builds the parts once, and draws them again after each change.
import { api } from "./api.js";
import { App } from "./app.js";
import { Composer } from "./composer.js";
import { drawHeader } from "./header.js";
import { homeElement } from "./home.js";
import { MessageLog } from "./messages.js";
import { Modals } from "./modal.js";
import { listenForShortcuts } from "./shortcuts.js";
import { drawSidebar } from "./sidebar.js";
import { follow } from "./stream.js";
import { intro } from "./suggestions.js";
import { onSystemTheme } from "./theme.js";
import { ThreadPanel } from "./thread.js";
import { Toasts } from "./toasts.js";

const find = (id) => document.getElementById(id);

class Page {
  #focusThread = false;
  #homeDrawn = null;

  constructor(app) {
    this.app = app;
    this.toasts = new Toasts(find("toasts"));
    this.log = new MessageLog(app, "Messages");
    this.composer = new Composer(app, { id: "composer", commands: true });
    this.thread = new ThreadPanel(find("thread"), app);
    this.modals = new Modals(app);
    this.homeScroller = document.createElement("div");
    this.homeScroller.className = "scroller";
    find("composer-slot").append(this.composer.element);
    find("skip").addEventListener("click", (event) => (event.preventDefault(), app.focusComposer()));
    find("scrim").addEventListener("click", () => this.toggleDrawer(false));
  }

  draw() {
    const { app } = this;
    if (!app.person) return;
    this.#drawMain();
    app.markRead();
    drawSidebar(find("sidebar"), app);
    drawHeader(find("header"), app);
    this.thread.draw();
    this.modals.draw();
    if (this.#focusThread && app.route.thread) {
      this.thread.focus();
      this.#focusThread = false;
    }
    document.body.dataset.ready = "true";
  }

  #drawMain() {
    const { app } = this;
    const home = app.route.kind === "home";
    find("composer-slot").hidden = home;
    const shown = home ? this.homeScroller : this.log.element;
    if (find("content").firstElementChild !== shown) find("content").replaceChildren(shown);
    if (home) this.#drawHome();
    else this.#drawConversation();
  }

  #drawHome() {
    const view = this.app.store.homes[this.app.person] ?? this.app.person;
    if (view === this.#homeDrawn) return;
    this.#homeDrawn = view;
    this.homeScroller.replaceChildren(homeElement(this.app));
  }

  #drawConversation() {
    const { app } = this;
    const { store, person } = app;
    const conversation = store.conversation(app.route.conversation);
    const roots = store.roots(conversation.id, person);
    const key = app.draftKey(conversation.id);
    this.composer.aim({ key, conversation: conversation.id, label: `Message ${store.label(conversation)}`, archived: conversation.archived });
    this.log.show(key, roots, { intro: { key: `${key}/${!roots.length}`, make: () => intro(app, conversation, !roots.length) }, newSince: app.newSince,
      repliesOf: (message) => store.replies(conversation.id, message.ts, person) });
  }

  /** Opens or closes the sidebar where it is a drawer; true when one was open and is now closed. */
  toggleDrawer(open = !document.body.classList.contains("drawer-open")) {
    const was = document.body.classList.contains("drawer-open");
    document.body.classList.toggle("drawer-open", open);
    if (open) find("sidebar").querySelector("[aria-current=page]")?.focus();
    return was && !open;
  }

  focusThreadSoon() {
    this.#focusThread = true;
    this.draw();
  }

  announce(words) {
    find("announcer").textContent = words;
  }

  connection(status) {
    const bar = find("connection");
    bar.hidden = status === "live";
    bar.textContent = status === "live" ? "" : "The connection to the workspace is lost. Trying again…";
  }
}

function start() {
  const app = new App();
  const page = new Page(app);
  app.attach(page);
  app.store.onChange((event) => {
    if (event.type === "loaded") app.settle();
    else if (event.type === "notice" && event.person === app.person) page.toasts.trouble(event.text);
    else page.draw();
    if (event.type === "message") app.mentionPrivateAnswer(event.message);
  });
  window.addEventListener("hashchange", () => app.follow(location.hash));
  document.addEventListener("visibilitychange", () => page.draw());
  onSystemTheme(() => page.draw());
  listenForShortcuts(app);
  follow({ store: app.store, api, onStatus: (status) => page.connection(status) });
}

start();
