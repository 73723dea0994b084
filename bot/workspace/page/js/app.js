// The page as a whole: who one is, where one is, and what can be done. It owns no elements; views read it and draw.
import { api } from "./api.js";
import { encoded } from "./attachments.js";
import { Session } from "./session.js";
import { Store } from "./store.js";
import { openShortcuts } from "./shortcuts.js";
import { openSuggestions } from "./suggestions.js";
import { openSwitcher } from "./switcher.js";
import { toggleTheme } from "./theme.js";
import { compareTs } from "./time.js";

export class App {
  store = new Store();
  session = new Session();
  person = null;
  route = { kind: "conversation", conversation: null, thread: null };
  newSince = null;

  /** `page`: {draw(), composer, thread, toasts, toggleDrawer(open?)}: what main.js built. */
  attach(page) {
    this.page = page;
  }

  /** After each reading of the state: settle who and where one is, keeping both where they still exist. */
  settle() {
    const { people } = this.store;
    const wanted = this.person ?? this.session.person;
    this.person = people.some((one) => one.id === wanted) ? wanted : people[0].id;
    this.#firstMarks();
    this.follow(location.hash);
  }

  /** Whoever looks for the first time has read everything that is already there. */
  #firstMarks() {
    const { store, session, person } = this;
    if (session.marks(store.team.id, person)) return;
    for (const { id } of store.conversationsFor(person)) session.mark(store.team.id, person, id, store.messagesIn(id, person).at(-1)?.ts ?? "0");
  }

  /** Goes where an address says (`#C1`, `#C1/thread`, `#home`), or to the nearest place there is. */
  follow(hash) {
    const [place, thread = null] = hash.slice(1).split("/");
    const mine = this.store.conversationsFor(this.person);
    const stranger = this.store.conversation(place);
    const sameKind = stranger && mine.find((one) => one.kind === stranger.kind);
    const there = mine.find((one) => one.id === place) ?? sameKind ?? mine[0];
    const before = this.route;
    this.route = place === "home"
      ? { kind: "home", conversation: before.conversation && mine.some((one) => one.id === before.conversation) ? before.conversation : mine[0].id, thread: null }
      : { kind: "conversation", conversation: there.id, thread: there.id === place ? thread : null };
    if (this.route.kind === "home") api.home({ person: this.person });
    else if (before.conversation !== there.id || before.kind !== "conversation") this.newSince = this.unread(there.id) ? this.#mark(there.id) : null;
    this.page.toggleDrawer(false);
    this.page.toasts.clearRemarks();
    this.page.draw();
  }

  go({ kind = "conversation", conversation = null, thread = null }) {
    const hash = kind === "home" ? "#home" : `#${conversation}${thread ? `/${thread}` : ""}`;
    if (location.hash === hash) this.follow(hash);
    else location.hash = hash; // the hashchange listener follows it
  }

  openThread(ts) {
    this.go({ conversation: this.route.conversation, thread: ts });
    this.page.focusThreadSoon();
  }

  closeThread() {
    this.go({ conversation: this.route.conversation });
    this.page.composer.box.focus();
  }

  become(person) {
    this.person = person;
    this.session.person = person;
    this.route = { kind: "conversation", conversation: null, thread: null };
    this.page.toasts.clear();
    this.#firstMarks();
    this.follow(location.hash);
    this.page.announce(`You are now ${this.store.author(person).name}.`);
  }

  /** The next or previous conversation in the sidebar. */
  step(by) {
    const mine = this.store.conversationsFor(this.person);
    const at = mine.findIndex((one) => one.id === this.route.conversation);
    this.go({ conversation: mine[(at + by + mine.length) % mine.length].id });
  }

  #mark(conversation) {
    return this.session.marks(this.store.team.id, this.person)?.[conversation] ?? "0";
  }

  unread(conversation) {
    const mark = this.#mark(conversation);
    return this.store.messagesIn(conversation, this.person).filter((one) => one.user !== this.person && compareTs(one.ts, mark) > 0).length;
  }

  /** Everything in the conversation on show is read, while the page is looked at. */
  markRead() {
    const { route, store, person } = this;
    if (route.kind !== "conversation" || document.hidden) return;
    const last = store.messagesIn(route.conversation, person).at(-1);
    if (last && compareTs(last.ts, this.#mark(route.conversation)) > 0) this.session.mark(store.team.id, person, route.conversation, last.ts);
  }

  /** A button of the Home tab is often answered in the direct messages: says so to whoever is elsewhere. */
  mentionPrivateAnswer({ conversation, user }) {
    const { store, route, person } = this;
    const there = store.conversation(conversation);
    const shown = route.kind === "conversation" && route.conversation === conversation;
    if (there?.kind !== "dm" || there.person !== person || user === person || shown) return;
    this.page.toasts.remark(`${store.bot.name} wrote to you.`, "Read it", () => this.go({ conversation }));
  }

  async say(text, { conversation, thread_ts: thread }, files = []) {
    const person = this.person;
    const sent = await Promise.all(files.map(encoded));
    return api.say({ person, conversation, text, ...(thread ? { thread_ts: thread } : {}), ...(sent.length ? { files: sent } : {}) });
  }

  async act(what) {
    const answer = await api.act({ person: this.person, ...what });
    if (answer.ok === false) this.page.toasts.trouble(answer.error ?? "The bot did not answer that button.");
    return answer;
  }

  submit(view, values) {
    return api.submit({ person: this.person, view_id: view, values });
  }

  closeView(view) {
    return api.close({ person: this.person, view_id: view });
  }

  #placeFor(suggestion) {
    const here = this.store.conversation(this.route.conversation);
    const wanted = suggestion.conversation ?? here.kind;
    if (this.route.kind === "conversation" && here.kind === wanted && !here.archived) return here;
    return this.store.conversationsFor(this.person).find((one) => one.kind === wanted && !one.archived) ?? here;
  }

  trySuggestion(suggestion) {
    const place = this.#placeFor(suggestion);
    this.go({ conversation: place.id });
    this.page.composer.speak(suggestion.text, { key: this.draftKey(place.id), conversation: place.id });
    this.page.composer.box.focus();
  }

  draftKey(conversation) {
    return `${this.person}/${conversation}`;
  }

  fillSuggestion(suggestion) {
    const place = this.#placeFor(suggestion);
    this.session.keepDraft(this.draftKey(place.id), suggestion.text);
    this.go({ conversation: place.id });
    setTimeout(() => this.page.composer.fill(suggestion.text)); // once the address has been followed
  }

  /** True when the box is empty, so that the key pressed may go on into it. */
  focusComposer() {
    this.page.composer.box.focus();
    return this.page.composer.box.value === "";
  }

  /** Closes what is open, the nearest first. */
  escape() {
    if (this.page.toggleDrawer(false) || this.page.toasts.dismiss()) return;
    if (this.route.thread) this.closeThread();
  }

  openSwitcher = () => openSwitcher(this);
  openSuggestions = () => openSuggestions(this);
  openShortcuts = () => openShortcuts();

  toggleTheme() {
    toggleTheme();
    this.page.draw();
  }

  toggleDrawer() {
    this.page.toggleDrawer();
  }
}
