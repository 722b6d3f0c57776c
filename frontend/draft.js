// What is being written stays on the phone while it is written, so that it is there again after a lost net, an empty
// battery or a page left by mistake. It is locked with a key of this phone that no script can read out, and gone when
// the server has it. Without this script the form works as forms do.
import { get, put, remove } from "./phone/store.js";
import { openOwn, sealOwn } from "./phone/vault.js";

const PAUSE = 300; // ms of silence after which a draft is kept
const LASTS = 7 * 24 * 3600 * 1000; // ms after which a forgotten draft is thrown away
const user = document.querySelector("meta[name=omtanke-user]")?.content;

async function keepDrafts(form) {
  const key = `${user}:${form.dataset.draft}`;
  const field = form.querySelector("textarea");
  const kept = form.querySelector("[data-kept]");
  const there = field.value;
  let waiting = null;

  const draft = await get("drafts", key).then((locked) => locked && openOwn(locked)).catch(() => null);
  if (draft && (Date.now() - draft.at > LASTS || draft.text.trim() === there.trim())) await remove("drafts", key);
  else if (draft) {
    // Where something else was saved meanwhile, on another machine, both stand there.
    field.value = draft.over === there ? draft.text : `${there}\n${draft.text}`;
    kept.hidden = false;
  }
  field.addEventListener("input", () => {
    kept.hidden = true;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      await put("drafts", key, await sealOwn({ text: field.value, over: there, at: Date.now() }));
      kept.hidden = false;
    }, PAUSE);
  });
}

if (user && window.isSecureContext && window.indexedDB) document.querySelectorAll("form[data-draft]").forEach(keepDrafts);
