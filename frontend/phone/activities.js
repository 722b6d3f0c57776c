// Today's activities on the phone: who was there, and how it was.
import { takeUpDraft } from "./drafts.js";
import { events, keep, now } from "./contact.js";
import { clock, filled } from "./filled.js";
import { openOwn } from "./vault.js";

const PARTS = ["took_part", "looked_on", "not_there"];
const place = document.getElementById("activities");
const words = document.getElementById("phone").dataset;
let open = new Set(); // the activities whose card is unfolded
let people = new Map(); // "activity/citizen" to the person as they stand there

// Everybody as the list says, and what has been noted on this phone since.
async function asTheyStand(list) {
  const known = new Map();
  const add = (activity, person) => known.set(`${activity}/${person.citizen}`, { ...person, activity });
  for (const activity of list.activities) activity.people.forEach((person) => add(activity.id, person));
  for (const event of (await events()).filter((one) => one.occurrence)) {
    const key = `${event.occurrence}/${event.citizen}`;
    const visit = list.visits.find((one) => one.citizen === event.citizen);
    if (!known.has(key) && visit) add(event.occurrence, { citizen: visit.citizen, name: visit.name, first_name: visit.called || visit.name.split(" ")[0], stands: "" });
    const person = known.get(key);
    if (!person) continue;
    if (PARTS.includes(event.kind)) person.stands = event.kind;
    if (event.kind === "how_it_was" && event.sealed) Object.assign(person, (await openOwn(event.sealed)).said);
    if (event.outcome === "waits") person.waits = true;
  }
  return known;
}

export async function drawActivities(list) {
  people = await asTheyStand(list);
  const at = await now();
  document.getElementById("today").hidden = !list.activities.length;
  const cards = list.activities.map((activity) => card(activity, list, at));
  await Promise.all(cards.flatMap((one) => [...one.querySelectorAll("[data-how]")].map(takeUpDraft)));
  place.replaceChildren(...cards);
}

function card(activity, list, at) {
  const theirs = [...people.values()].filter((person) => person.activity === activity.id);
  const noted = theirs.filter((person) => person.stands).length;
  const begun = new Date(activity.starts) <= at;
  const item = filled("t-activity", {
    ...activity,
    clock: clock(activity.starts),
    where: activity.place,
    count: words.noted.replace(/[01]/g, (sign) => (sign === "0" ? noted : theirs.length)),
    to_come: begun ? "" : words.begins.replace("0", clock(activity.starts)),
    begun,
  });
  item.id = `activity-${activity.id}`;
  item.dataset.activity = activity.id;
  const details = item.querySelector("details");
  details.open = open.has(activity.id);
  details.addEventListener("toggle", () => open[details.open ? "add" : "delete"](activity.id));
  item.querySelector("[data-people]").replaceChildren(...theirs.map((person) => row(person, begun)));
  const others = list.visits.filter((visit) => !people.has(`${activity.id}/${visit.citizen}`));
  const anyway = item.querySelector("[data-anyway]");
  anyway.hidden = !begun || !others.length;
  const once = new Map(others.map((visit) => [visit.citizen, visit.name]));
  once.forEach((name, citizen) => anyway.elements.citizen.add(new Option(name, citizen)));
  return item;
}

function row(person, begun) {
  const there = person.stands === "took_part" || person.stands === "looked_on";
  const item = filled("t-person", {
    ...person,
    wish: person.wished ? words.wished.replace("0", person.wished) : "",
    how: person.words ? `«${person.words}»` : words.how_was_it.replace("0", person.first_name),
    asks: words.asks.replace("0", person.first_name),
    begun,
    there,
  });
  item.id = `at-${person.activity}-${person.citizen}`;
  item.dataset.citizen = person.citizen;
  for (const button of item.querySelectorAll("[data-there]")) {
    const chosen = button.dataset.there === person.stands;
    button.setAttribute("aria-pressed", chosen);
    button.dataset.variant = chosen ? "primary" : "secondary";
  }
  const form = item.querySelector("[data-how]");
  form.elements.words.value = person.words ?? "";
  for (const smile of form.elements.smile) smile.checked = Number(smile.value) === person.smile;
  return item;
}

// A button or a form of a card was pressed. Returns what was kept, or nothing when there was nothing to keep.
export async function noteThere(pressed) {
  const occurrence = Number(pressed.closest("[data-activity]").dataset.activity);
  const citizen = Number(pressed.closest("[data-citizen]")?.dataset.citizen ?? pressed.elements.citizen.value);
  const person = people.get(`${occurrence}/${citizen}`);
  let kind = pressed.dataset.there ?? "took_part";
  let said = { saw: person?.stands ?? "" };
  if (pressed.matches("[data-how]")) {
    kind = "how_it_was";
    const smile = Number(new FormData(pressed).get("smile")) || null;
    said = { words: pressed.elements.words.value.trim(), smile, saw: person.words ?? "" };
    if (!said.words && !smile) return null;
  }
  if (!citizen) return null;
  if (kind !== person?.stands) await keep(kind, { occurrence, citizen }, said);
  return kind;
}
