// What this browser remembers: who one is, the theme, what was read, what was typed. All of it may be refused or lost.

const HISTORY_LENGTH = 50;

const read = (storage, key) => {
  try {
    return JSON.parse(storage().getItem(key));
  } catch {
    return null;
  }
};

const write = (storage, key, value) => {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or refused: the page works, it only forgets.
  }
};

const local = () => localStorage;
const tab = () => sessionStorage;

export class Session {
  #drafts = new Map();
  #marks = new Map();

  /** Each tab may be someone else; a new tab starts as whoever was chosen last. */
  get person() {
    return read(tab, "hmic.person") ?? read(local, "hmic.person");
  }

  set person(id) {
    write(tab, "hmic.person", id);
    write(local, "hmic.person", id);
  }

  /** The last message read, by conversation; null for a person who has never looked. */
  marks(team, person) {
    const key = `hmic.read.${team}.${person}`;
    if (!this.#marks.has(key)) this.#marks.set(key, read(local, key));
    return this.#marks.get(key);
  }

  mark(team, person, conversation, ts) {
    const key = `hmic.read.${team}.${person}`;
    this.#marks.set(key, { ...this.marks(team, person), [conversation]: ts });
    write(local, key, this.#marks.get(key));
  }

  typed(person) {
    return read(local, `hmic.typed.${person}`) ?? [];
  }

  remember(person, text) {
    const lines = [...this.typed(person).filter((line) => line !== text), text];
    write(local, `hmic.typed.${person}`, lines.slice(-HISTORY_LENGTH));
  }

  draft(key) {
    return this.#drafts.get(key) ?? "";
  }

  keepDraft(key, text) {
    this.#drafts.set(key, text);
  }
}
