// The live connection: read the state, then follow the events after it; when it breaks, begin again from a fresh state.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

/** Keeps `store` current for as long as the page is open. `onStatus` hears "live" or "lost". */
export function follow({ store, api, onStatus }) {
  let wait = FIRST_WAIT_MS;

  async function begin() {
    const state = await api.state();
    if (!state.team) return again();
    store.load(state);
    return listen(state.cursor);
  }

  function listen(cursor) {
    const source = new EventSource(`/page-api/stream?after=${encodeURIComponent(cursor ?? "")}`);
    source.onopen = () => {
      wait = FIRST_WAIT_MS;
      onStatus("live");
    };
    source.onmessage = ({ data }) => store.apply(JSON.parse(data));
    // The browser would reconnect by itself, but a restarted workspace numbers its events anew: read the state again.
    source.onerror = () => {
      source.close();
      again();
    };
  }

  function again() {
    onStatus("lost");
    setTimeout(begin, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  return begin();
}
