// A day of a draft: arrow keys go from bar to bar, Enter opens what can be done, Alt and an arrow moves a visit, and so
// does the mouse. Everything ends in the same posts that work without this script; what it meant is said at once.
const $ = (id) => document.getElementById(id);
const token = () => document.querySelector("meta[name=csrf-token]").content;
const bars = (row) => [...row.querySelectorAll(".timeline-bar")];
const rows = () => [...document.querySelectorAll(".timeline-row:has(.timeline-bar), .timeline-row[data-shift]")];
const rowOf = (element) => element.closest(".timeline-row");
const minutes = (clock) => clock.split(":").reduce((hours, rest) => Number(hours) * 60 + Number(rest));
const STEP = 5, NEAR = 15, A_DAY = 1440;
let drag = null, busy = false;

function clockAt(at) {
  const then = ((Math.round(at / STEP) * STEP) % A_DAY + A_DAY) % A_DAY;
  return `${String(Math.floor(then / 60)).padStart(2, "0")}:${String(then % 60).padStart(2, "0")}`;
}

function say(words) {
  $("announce").textContent = words;
}

// The answer is the day anew, or the page of the form with the reason why not.
async function send(address, fields, visit) {
  if (busy) return;
  busy = true;
  try {
    await post(address, fields, visit);
  } finally {
    busy = false;
  }
}

async function post(address, fields, visit) {
  const data = fields instanceof FormData ? fields : new FormData();
  if (!(fields instanceof FormData)) Object.entries(fields).forEach(([name, value]) => data.set(name, value));
  data.set("csrfmiddlewaretoken", token());
  data.set("next", location.pathname + location.search);
  say($("timeline").dataset.moving);
  const answer = await fetch(address, { method: "POST", body: data, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if ($("dialog").open) $("dialog").close();
  if (answer.redirected && page.getElementById("timeline")) show(page);
  else refuse(page, address);
  bar(visit)?.focus();
}

const bar = (visit) => visit && document.querySelector(`.timeline-bar[data-visit="${visit}"]`);

function show(page) {
  for (const id of ["edited", "timeline"]) $(id).replaceWith(document.adoptNode(page.getElementById(id)));
  const toasts = [...page.querySelectorAll(".toast")].map((toast) => document.adoptNode(toast));
  document.querySelectorAll(".toast").forEach((toast) => toast.remove());
  toasts.forEach((toast) => { toast.removeAttribute("role"); });
  $("edited").prepend(...toasts);
  say(toasts.map((toast) => toast.textContent.trim()).join(" "));
  ready();
}

function refuse(page, address) {
  const reason = page.querySelector("[data-errors], .ds-error-summary, ds-error-summary, .ds-alert");
  if (!reason) return location.assign(address);
  const words = [...reason.querySelectorAll("li, p")].map((line) => line.textContent.trim()).join(" ") || reason.textContent.trim();
  const alert = Object.assign(document.createElement("div"), { className: "ds-alert toast" });
  alert.dataset.color = "warning";
  alert.append(Object.assign(document.createElement("p"), { className: "ds-paragraph", textContent: words }));
  $("edited").querySelectorAll(".toast").forEach((toast) => toast.remove());
  $("edited").prepend(alert);
  say(words);
}

const move = (from, fields) => send(`${from.href.baseVal ?? from.href}move/`, { stays: "on", ...fields }, from.dataset.visit);

// Keys

function rove(to) {
  document.querySelectorAll(".timeline-bar").forEach((each) => each.setAttribute("tabindex", each === to ? "0" : "-1"));
}

function beside(from, step) {
  const all = bars(rowOf(from)); // in order of time, also past midnight
  return all[all.indexOf(from) + step];
}

function across(from, step) {
  const all = rows().filter((row) => bars(row).length);
  const row = all[all.indexOf(rowOf(from)) + step];
  const away = (each) => Math.abs(minutes(each.dataset.at) - minutes(from.dataset.at));
  return row && bars(row).reduce((best, each) => (away(each) < away(best) ? each : best));
}

function onKey(event) {
  const from = event.target.closest?.(".timeline-bar");
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const upDown = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (event.key === "Escape" && drag) return stopDragging();
  if (!from || !(sideways || upDown) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (!event.altKey) {
    const to = sideways ? beside(from, sideways) : across(from, upDown);
    to?.focus();
    to?.scrollIntoView({ block: "nearest", inline: "nearest" });
    return;
  }
  if (!from.dataset.visit) return say($("timeline").dataset.begun);
  const shift = rowOf(from).dataset.shift;
  if (sideways && shift) return move(from, { shift, at: clockAt(minutes(from.dataset.at) + sideways * STEP) });
  const lanes = [...document.querySelectorAll(".timeline-row[data-shift]")];
  const here = shift ? lanes.indexOf(rowOf(from)) : lanes.length;
  const to = lanes[here + (upDown ?? 0)];
  return to ? move(from, { shift: to.dataset.shift, at: from.dataset.at }) : say($("timeline").dataset.noLane);
}

// The mouse

function onDown(event) {
  const from = event.target.closest?.(".timeline-bar[data-visit]");
  if (!from || event.button !== 0 || event.pointerType !== "mouse") return;
  const box = from.querySelector("rect").getBoundingClientRect();
  drag = { from, x: event.clientX, y: event.clientY, into: event.clientX - box.left, moved: false };
}

function laneUnder(event) {
  const found = document.elementsFromPoint(event.clientX, event.clientY).find((each) => each.closest?.(".timeline-row[data-shift]"));
  return found ? rowOf(found) : null;
}

function onMove(event) {
  if (!drag) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moved && Math.hypot(dx, dy) < 5) return;
  drag.moved = true;
  drag.from.dataset.dragged = "yes";
  drag.from.style.transform = `translate(${dx}px, ${dy}px)`;
  const lane = laneUnder(event);
  if (lane === drag.lane) return;
  if (drag.lane) delete drag.lane.dataset.target;
  if (lane && lane !== rowOf(drag.from)) lane.dataset.target = "yes";
  drag.lane = lane;
}

function stopDragging() {
  if (drag.lane) delete drag.lane.dataset.target;
  delete drag.from.dataset.dragged;
  drag.from.style.transform = "";
  drag = null;
}

function onUp(event) {
  if (!drag) return;
  const { from, into, moved } = drag;
  stopDragging();
  if (!moved) return;
  addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
  const row = laneUnder(event);
  if (!row) return;
  const lane = row.querySelector(".timeline-lane");
  const { left, width } = lane.getBoundingClientRect();
  const [opens, closes] = [Number(lane.dataset.opens), Number(lane.dataset.closes)];
  const at = opens + ((event.clientX - into - left) / width) * (closes - opens);
  const away = Math.abs((at % A_DAY) - minutes(from.dataset.at));
  const another = row !== rowOf(from);
  if (!another && away < STEP) return;
  // Dropped on another carer at about the same time: the same time is what is meant.
  move(from, { shift: row.dataset.shift, at: another && away <= NEAR ? from.dataset.at : clockAt(at) });
}

// What can be done with a visit, in a dialog over the day

async function open(event) {
  const from = event.target.closest?.(".timeline-bar");
  if (!from || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const answer = await fetch(from.href.baseVal ?? from.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const visit = page.getElementById("visit");
  if (!answer.ok || !visit) return location.assign(from.href.baseVal ?? from.href);
  $("dialog-visit").replaceChildren(document.adoptNode(visit));
  $("dialog").dataset.visit = from.dataset.visit ?? "";
  $("dialog").setAttribute("aria-label", from.querySelector("title").textContent);
  $("dialog").showModal();
  $("dialog").scrollTop = 0;
}

function ready() {
  const all = [...document.querySelectorAll(".timeline-bar")];
  rove(all[0]);
  all.forEach((each) => each.addEventListener("focus", () => rove(each)));
  document.querySelectorAll(".timeline-help").forEach((help) => { help.hidden = false; });
}

if ($("timeline")) {
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.(".timeline-bar")) event.preventDefault(); });
  document.addEventListener("click", open);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const visit = $("dialog").contains(form) ? $("dialog").dataset.visit : $("edited").contains(form) ? form.dataset.visit : null;
    if (visit === null || form.method !== "post") return;
    event.preventDefault();
    send(form.action, new FormData(form), visit);
  });
  ready();
}
