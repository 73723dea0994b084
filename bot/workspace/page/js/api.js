// The page's side of the workspace's JSON. Nothing here throws: a failure is an answer with words to show.

const UNREACHABLE = "The workspace did not answer. Is hmic still running?";

async function request(path, options) {
  try {
    const response = await fetch(`/page-api/${path}`, options);
    const answer = await response.json().catch(() => null);
    if (answer && response.ok) return answer;
    return { ok: false, error: answer?.error ?? `The workspace refused this (HTTP ${response.status}).`, ...answer };
  } catch {
    return { ok: false, error: UNREACHABLE };
  }
}

const post = (path, body) =>
  request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

export const api = {
  state: () => request("state", { headers: { accept: "application/json" } }),
  say: (body) => post("say", body),
  act: (body) => post("act", body),
  submit: (body) => post("submit", body),
  close: (body) => post("close", body),
  home: (body) => post("home", body),
};
