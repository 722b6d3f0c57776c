// Talking with the server when there is coverage: what time it is, a new list, and what was done meanwhile.
import { all, get, put, remove } from "./store.js";
import { forget, hasCode, held, openOwn, seal, sealOwn } from "./vault.js";

const PATIENCE = 20_000; // ms
const BATCH = 50;

// UUID version 7 (RFC 9562): the time first, so that they sort as they were made.
function uuid7(at) {
  const all = crypto.getRandomValues(new Uint8Array(16));
  const time = BigInt(at);
  for (let i = 0; i < 6; i++) all[i] = Number((time >> BigInt(8 * (5 - i))) & 255n);
  all[6] = (all[6] & 0x0f) | 0x70;
  all[8] = (all[8] & 0x3f) | 0x80;
  const hex = [...all].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export async function phonesNumber() {
  let number = await get("facts", "phone");
  if (!number) await put("facts", "phone", (number = crypto.randomUUID()));
  return number;
}

export const offset = async () => (await get("facts", "offset")) ?? 0;
export const now = async () => new Date(Date.now() + (await offset()));

// One thing done or said, about `{ visit }` or `{ occurrence, citizen }`. Kept, and safe from an empty battery, before the
// page says so.
export async function keep(kind, about, said = {}) {
  const at = Date.now();
  const event = { id: uuid7(at), kind, ...about, at: new Date(at).toISOString(), offset: await offset(), said };
  const owner = (await held())?.owner ?? (await get("facts", "owner"));
  const { said: _words, ...outside } = event;
  await put("events", event.id, { ...outside, owner, sent: false, sealed: await sealOwn(event) });
  return event;
}

export const events = async () => (await all("events")).sort((one, other) => (one.id < other.id ? -1 : 1));
export const unsent = async () => (await events()).filter((event) => !event.sent);

async function ask(address, said, token) {
  const options = { signal: AbortSignal.timeout(PATIENCE), headers: { Accept: "application/json" }, redirect: "manual" };
  if (said) {
    options.method = "POST";
    options.headers["X-CSRFToken"] = token;
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(said);
  }
  return fetch(address, options);
}

// Who is logged in, or null without coverage or a login. Measures how wrong this phone's clock is.
export async function hello() {
  try {
    const before = Date.now();
    const answer = await ask("/phone/hello/");
    if (!answer.ok) return null;
    const said = await answer.json();
    const after = Date.now();
    await put("facts", "offset", Math.round(Date.parse(said.now) - (before + after) / 2));
    return said;
  } catch {
    return null;
  }
}

async function us() {
  const label = navigator.userAgentData?.platform || navigator.platform || "";
  return { phone: await phonesNumber(), label };
}

// Take the lists of now along. "none" before a code is chosen, "revoked", "away" without coverage, else "taken".
export async function takeAlong(known) {
  const said = known ?? (await hello());
  if (!said) return "away";
  const list = await held();
  if (list && list.owner !== said.user.id) await forget();
  if (!(await hasCode())) return "none";
  try {
    const answer = await ask("/phone/take-along/", await us(), said.token);
    if (answer.status === 410) return (await forget(), "revoked");
    if (!answer.ok) return "away";
    await seal(await answer.json(), said.user.id);
    await put("facts", "owner", said.user.id);
    await forgetWhatIsIn();
    return "taken";
  } catch {
    return "away";
  }
}

// Events that the server has and a newer list shows are not needed any more.
async function forgetWhatIsIn() {
  const sent = (await events()).filter((event) => event.sent);
  await Promise.all(sent.map((event) => remove("events", event.id)));
}

let sending = null;
export const send = (known) => (sending ??= sendAll(known).finally(() => (sending = null)));

// Send what waits, in order, until all is acknowledged. Returns how many are still here.
async function sendAll(known) {
  if (!(await unsent()).length) return 0;
  const said = known ?? (await hello());
  if (!said) return (await unsent()).length;
  for (;;) {
    const mine = (await unsent()).filter((event) => event.owner === said.user.id).slice(0, BATCH);
    if (!mine.length || !(await sendBatch(mine, said.token))) return (await unsent()).length;
  }
}

async function sendBatch(batch, token) {
  try {
    const opened = await Promise.all(batch.map((event) => openOwn(event.sealed)));
    const answer = await ask("/phone/send/", { ...(await us()), events: opened }, token);
    if (!answer.ok) return false;
    const { outcomes, revoked } = await answer.json();
    for (const event of batch) {
      if (outcomes[event.id]) await put("events", event.id, { ...event, sent: true, outcome: outcomes[event.id], sealed: null });
    }
    if (revoked) await forget();
    return batch.every((event) => outcomes[event.id]);
  } catch {
    return false;
  }
}

// A list whose time is over, or that is another person's than who is logged in here, is forgotten.
export async function tidy(user) {
  const list = await held();
  if (!list) return;
  const over = (await now()) > new Date(list.until);
  if (over || (user !== undefined && user !== list.owner)) await forget();
}
