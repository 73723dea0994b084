// What the page knows about the workspace: the state as first read, changed by each event that arrives.
import { compareTs } from "./time.js";

const keyOf = (message) => message.ephemeral_id ?? `${message.conversation}/${message.ts}`;

export class Store {
  #listeners = [];
  #messages = new Map();
  #views = new Map();

  /** Replaces everything but the open modals with the server's state. */
  load(state) {
    Object.assign(this, { team: state.team, bot: state.bot, people: state.people, conversations: state.conversations,
      commands: state.commands ?? [], suggestions: state.suggestions ?? [], homes: { ...state.homes }, cursor: state.cursor });
    this.#messages = new Map((state.messages ?? []).map((message) => [keyOf(message), message]));
    this.#tell({ type: "loaded" });
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  #tell(event) {
    for (const listener of this.#listeners) listener(event);
  }

  /** Takes in one event of the stream. Events of a type not known here change nothing. */
  apply(event) {
    CHANGES[event.type]?.call(this, event);
    this.#tell(event);
  }

  putMessage({ message }) {
    this.#messages.set(keyOf(message), message);
  }

  dropMessage({ conversation, ts }) {
    this.#messages.delete(`${conversation}/${ts}`);
  }

  dropEphemeral(event) {
    this.#messages.delete(event.ephemeral_id);
  }

  putConversation({ conversation }) {
    const others = this.conversations.filter((one) => one.id !== conversation.id);
    const at = this.conversations.findIndex((one) => one.id === conversation.id);
    others.splice(at < 0 ? others.length : at, 0, conversation);
    this.conversations = others;
  }

  putHome({ person, view }) {
    this.homes = { ...this.homes, [person]: view };
  }

  /** A view with none before it begins a new stack; another goes on top. */
  openView({ person, view }) {
    const below = view.previous_view_id ? this.views(person) : [];
    this.#views.set(person, [...below.filter((one) => one.id !== view.id), view]);
  }

  updateView({ person, view }) {
    this.#views.set(person, this.views(person).map((one) => (one.id === view.id ? view : one)));
  }

  closeView({ person, view_id: id }) {
    this.#views.set(person, this.views(person).filter((one) => one.id !== id));
  }

  /** The person's open modals, the one on top last. */
  views(person) {
    return this.#views.get(person) ?? [];
  }

  conversation(id) {
    return this.conversations.find((one) => one.id === id) ?? null;
  }

  /** The channels everyone is in, and the person's own direct messages. */
  conversationsFor(person) {
    return this.conversations.filter((one) => one.kind !== "dm" || one.person === person);
  }

  label(conversation) {
    return conversation.kind === "dm" ? this.bot.name : `#${conversation.name}`;
  }

  /** Who wrote a message: {name, isBot}. */
  author(user) {
    if (user === this.bot.user_id || user === this.bot.id) return { id: user, name: this.bot.name, isBot: true };
    const person = this.people.find((one) => one.id === user);
    return { id: user, name: person?.name ?? user, isBot: false };
  }

  userName(id) {
    const { name } = this.author(id);
    return name === id ? null : name;
  }

  /** The conversation's messages that this person can see, oldest first. */
  messagesIn(conversation, person) {
    return [...this.#messages.values()]
      .filter((one) => one.conversation === conversation && !one.deleted && (!one.ephemeral_to || one.ephemeral_to === person))
      .sort((a, b) => compareTs(a.ts, b.ts));
  }

  roots(conversation, person) {
    return this.messagesIn(conversation, person).filter((one) => !one.thread_ts || one.thread_ts === one.ts);
  }

  replies(conversation, ts, person) {
    return this.messagesIn(conversation, person).filter((one) => one.thread_ts === ts && one.ts !== ts);
  }
}

export { keyOf };

const CHANGES = {
  message: Store.prototype.putMessage,
  message_changed: Store.prototype.putMessage,
  message_deleted: Store.prototype.dropMessage,
  ephemeral_replaced: Store.prototype.putMessage,
  ephemeral_deleted: Store.prototype.dropEphemeral,
  conversation: Store.prototype.putConversation,
  view_opened: Store.prototype.openView,
  view_updated: Store.prototype.updateView,
  view_closed: Store.prototype.closeView,
  home: Store.prototype.putHome,
};
