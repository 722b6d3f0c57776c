// What somebody is writing, kept at every pause: a battery that dies in the middle of a sentence loses nothing.
import { get, put, remove } from "./store.js";
import { openOwn, sealOwn } from "./vault.js";

const named = (form) => [...form.elements].filter((field) => field.name);

// Each form of each card has a draft of its own; the visit book's is called by its visit alone.
function keyOf(form) {
  const { visit, citizen } = form.closest("[data-visit], [data-citizen]").dataset;
  if (form.matches("[data-note]")) return Number(visit);
  const kind = Object.keys(form.dataset)[0];
  return visit ? `${kind}/${visit}` : `${kind}/${form.closest("[data-activity]").dataset.activity}/${citizen}`;
}

export async function takeUpDraft(form) {
  const kept = await get("drafts", keyOf(form));
  if (!kept) return;
  const draft = await openOwn(kept);
  for (const field of named(form)) {
    if (field.type === "radio") field.checked = draft[field.name] === field.value;
    else if (field.type === "checkbox") field.checked = Boolean(draft[field.name]);
    else field.value = draft[field.name] ?? "";
  }
  for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

export async function keepDraft(form) {
  const draft = {};
  for (const field of named(form)) {
    if (field.type === "checkbox") draft[field.name] = field.checked;
    else if (field.type !== "radio") draft[field.name] = field.value;
    else if (field.checked) draft[field.name] = field.value;
  }
  const says = Object.values(draft).some((value) => typeof value === "string" && value);
  if (says) await put("drafts", keyOf(form), await sealOwn(draft));
  else await remove("drafts", keyOf(form));
  const told = form.querySelector("[data-kept]");
  if (told) told.hidden = !says;
}

export const throwAway = (form) => (form.matches("[data-anyway]") ? null : remove("drafts", keyOf(form)));
