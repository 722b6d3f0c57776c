// The page that works without coverage. It reads what the phone holds, after its code; everything pressed and written is
// kept on the phone first, and sent when there is coverage, until the server says that it has it.
import { drawActivities, noteThere } from "./phone/activities.js";
import { keepDraft, takeUpDraft, throwAway } from "./phone/drafts.js";
import { filled, clock, when } from "./phone/filled.js";
import { forget, hasCode, held, open, triesLeft } from "./phone/vault.js";
import { events, hello, keep, now, send, takeAlong, tidy, unsent } from "./phone/contact.js";

const EVERY = 30_000; // ms between two tries to send
const PAUSE = 300; // ms of silence after which a draft is kept
const page = document.getElementById("phone");
const words = page.dataset;
let read = null; // reads the list, once the code is given
let chosen = null; // the visit whose card is open

const show = (name) => page.querySelectorAll("[data-view]").forEach((view) => (view.hidden = view.dataset.view !== name));
const say = (text) => (document.getElementById("said").textContent = text);

// The visits as they are on the list, and what has been pressed on this phone since.
async function asTheyStand() {
  const kept = await events(); // before the list: a renewal in between takes away only what the newer list shows
  const list = await read();
  if (!list) return null;
  const visits = new Map(list.visits.map((visit) => [visit.id, { ...visit, wrote: 0 }]));
  for (const event of kept) {
    const visit = visits.get(event.visit);
    if (!visit) continue;
    if (event.kind === "note") visit.wrote += 1;
    const to = { start: "under_way", end: "done", undo_start: "planned", undo_end: "under_way", not_done: "not_done" }[event.kind];
    if (to) visit.state = to;
    if (event.kind === "start") visit.started = event.at;
    if (event.kind === "end") visit.ended = event.at;
    if (event.outcome === "waits") visit.waits = true;
  }
  return { ...list, activities: list.activities ?? [], visits: [...visits.values()] };
}

// One drawing after the other: of two at once the older one could end last, and stand there.
let drawing = Promise.resolve();
const draw = () => (drawing = drawing.then(drawNow, drawNow));

async function drawNow() {
  const list = await asTheyStand();
  if (!list) return begin();
  document.getElementById("lists").replaceChildren(...list.lists.map((one) => filled("t-list", { ...one, title: `${one.name} · ${one.unit}` })));
  document.getElementById("duty").replaceChildren(...list.lists.map((one) => filled("t-duty", one)));
  const next = list.visits.find((visit) => visit.state === "under_way" && visit.mine) ?? list.visits.find((visit) => visit.state === "planned");
  const here = list.visits.some((visit) => visit.id === chosen) ? chosen : next?.id;
  const rows = await Promise.all(list.visits.map((visit) => row(visit, visit.id === here)));
  const visits = document.getElementById("visits");
  const unfolded = new Set([...visits.querySelectorAll("details[open]")].map(part));
  visits.replaceChildren(...rows);
  visits.querySelectorAll("details").forEach((details) => (details.open ||= unfolded.has(part(details))));
  document.getElementById("made").textContent = clock(list.made);
  document.getElementById("none").hidden = list.visits.length + list.activities.length > 0;
  await drawActivities(list);
  show("list");
  await tellWhatWaits();
}

// A part of a card that folds, so that a drawing folds nothing shut under somebody's hand.
const part = (details) => `${details.closest("[data-visit]").dataset.visit} ${details.querySelector("summary").textContent}`;

async function row(visit, isOpen) {
  const values = {
    ...visit,
    clock: clock(visit.at),
    length: words.minutes.replace("0", visit.minutes),
    driven: visit.drive ? words.drive.replace("0", visit.drive) : "",
    is_planned: visit.state === "planned",
    is_under_way: visit.state === "under_way",
    is_done: visit.state === "done",
    is_not_done: visit.state === "not_done",
    started_at: visit.started ? words.started.replace("0", clock(visit.started)) : "",
    ended_at: visit.ended ? clock(visit.ended) : "",
    meet: visit.together ? words.together.replace("0", visit.together) : "",
    coordinates: visit.place?.join(","),
    caller: visit.call ? `${visit.call.relation || visit.call.name} · ${visit.call.phone}` : "",
    caller_phone: visit.call?.phone,
    role_words: words[visit.role] ?? "",
    reads: visit.read.map((note) => ({ ...note, from: `${note.by} · ${when(note.at)}` })),
    fresh: visit.news.map((note) => ({ ...note, from: `${note.by} · ${when(note.at)}` })),
  };
  const item = filled(isOpen ? "t-open" : "t-visit", values);
  item.dataset.visit = visit.id;
  if (isOpen) await Promise.all([...item.querySelectorAll("form")].map(takeUpDraft));
  return item;
}

async function tellWhatWaits() {
  const [waiting, list] = [await unsent(), await held()];
  const others = waiting.filter((event) => list && event.owner !== list.owner).length;
  const count = waiting.length;
  const state = document.getElementById("state");
  state.dataset.color = count ? "warning" : "success";
  state.textContent = count ? (count === 1 ? words.one : words.many.replace("0", count)) : words.all;
  document.getElementById("others").hidden = !others;
}

// What is pressed. Each is kept before anything else happens.
async function press(visit, kind, said, form) {
  await keep(kind, { visit }, said);
  if (form) await throwAway(form);
  form?.closest("details")?.removeAttribute("open");
  chosen = kind === "end" || kind === "not_done" ? null : visit;
  say(words[`said_${kind}`] ?? "");
  await draw();
  send().then(tellWhatWaits);
}

page.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-press], [data-open], [data-forget], [data-there]");
  if (!button) return;
  const visit = Number(button.closest("[data-visit]")?.dataset.visit);
  if (button.dataset.press) await press(visit, button.dataset.press);
  if (button.dataset.open !== undefined) {
    chosen = visit;
    await draw();
    page.querySelector(`[data-visit="${visit}"] h2`)?.focus();
  }
  if (button.dataset.there) {
    say(words[`said_${await noteThere(button)}`]);
    await afterNoting(button);
  }
  if (button.dataset.forget !== undefined) {
    await forget();
    read = null;
    await begin();
  }
});

page.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const visit = Number(form.closest("[data-visit]")?.dataset.visit);
  if (form.matches("[data-code]")) return unlock(form);
  clearTimeout(pausing);
  if (form.matches("[data-note]")) {
    const said = { text: form.elements.text.value.trim(), for_next: form.elements.for_next.checked };
    if (!said.text) return form.elements.text.focus();
    await press(visit, "note", said, form);
  }
  if (form.matches("[data-wish]")) await press(visit, "wish", { words: form.elements.words.value.trim() }, form);
  if (form.matches("[data-why]")) {
    await press(visit, "not_done", { why: new FormData(form).get("why"), words: form.elements.words.value }, form);
  }
  if (form.matches("[data-how], [data-anyway]")) {
    const kind = await noteThere(form);
    if (!kind) return form.querySelector("textarea, select").focus();
    say(words[`said_${kind}`]);
    await throwAway(form);
    await afterNoting(form);
  }
});

// Drawn anew, and the eyes (and the keyboard) where they were.
async function afterNoting(where) {
  const place = where.closest("[data-citizen]")?.id ?? where.closest("[data-activity]").id;
  await draw();
  document.getElementById(place)?.querySelector("h3, summary")?.focus();
  send().then(tellWhatWaits);
}

let pausing = null;
page.addEventListener("input", (event) => {
  const form = event.target.closest("[data-note], [data-how], [data-wish], [data-why]");
  if (!form) return;
  clearTimeout(pausing);
  form.querySelector("[data-kept]")?.setAttribute("hidden", "");
  pausing = setTimeout(() => keepDraft(form), PAUSE);
});

async function unlock(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  read = await open(form.elements.code.value);
  button.disabled = false;
  form.elements.code.value = "";
  if (read) return draw();
  if (!(await held())) return begin();
  const wrong = document.getElementById("wrong");
  const left = await triesLeft();
  wrong.textContent = left === 1 ? words.wrong_last : words.wrong.replace("0", left);
  wrong.hidden = false;
  form.elements.code.setAttribute("aria-invalid", "true");
  form.elements.code.focus();
}

async function begin() {
  await tidy();
  const list = await held();
  show(list ? "locked" : "empty");
  if (list) page.querySelector("[data-code] input").focus();
  await tellWhatWaits();
}

// Coverage again: send first, then take the newest list along.
let trying = null;
const again = () => (trying ??= tryAgain().finally(() => (trying = null)));

async function tryAgain() {
  const said = await hello();
  document.getElementById("coverage").hidden = !said;
  if (!said) return tellWhatWaits();
  await tidy(said.user.id);
  await send(said);
  const typing = page.querySelector("textarea:focus, input:focus, select:focus");
  if ((await hasCode()) && (await takeAlong(said)) === "revoked") {
    read = null;
    return begin();
  }
  if (read && !typing) await draw();
  else await tellWhatWaits();
}

async function watchTheTime() {
  const list = await held();
  if (list && (await now()) > new Date(list.until)) {
    await forget();
    read = null;
    await begin();
  }
}

window.addEventListener("online", again);
document.addEventListener("visibilitychange", () => document.hidden || again());
setInterval(() => (watchTheTime(), again()), EVERY);
document.getElementById("lost").hidden = !new URLSearchParams(location.search).has("lost");
begin().then(again);
