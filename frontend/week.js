// Lists side by side: drag a visit to another list or onto another visit, or press Alt and an arrow. Everything ends in
// the same forms that work without this script; the page that comes back takes the place of the board.
const board = () => document.getElementById("board");
const token = () => document.querySelector("meta[name=csrf-token]").content;
const visitOf = (element) => element.closest?.("[data-visit]");
const columnOf = (element) => element.closest?.("[data-list]");
let dragged = null;

function say(words) {
  document.getElementById("announce").textContent = words;
}

function formFor(address, fields) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token(), scope: "day", seen: board().dataset.seen, ...fields })) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  return form;
}

async function send(address, fields) {
  const form = formFor(address, fields);
  say(board().dataset.moving);
  const answer = await fetch(address, { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
  if (!answer.ok || !answer.redirected) {
    // Somebody was first, or it cannot be: the page of the form says why.
    document.body.append(form);
    form.submit();
    return;
  }
  show(new DOMParser().parseFromString(await answer.text(), "text/html"), fields.visits ?? fields.visit);
}

function show(page, visit) {
  for (const id of ["edited", "board"]) document.getElementById(id).replaceWith(page.getElementById(id));
  makeReady();
  const words = document.getElementById("edited").innerText.split("\n").map((line) => line.trim()).filter(Boolean);
  words.pop(); // the undo button speaks for itself
  say(words.join(" "));
  board().querySelector(`[data-visit="${visit}"] summary`)?.focus();
}

const deed = (column, name) => column.dataset.edit.replace(/move\/$/, `${name}/`);

function drop(target) {
  const onto = visitOf(target);
  const column = columnOf(target);
  const from = columnOf(dragged);
  if (onto && onto !== dragged) {
    return send(deed(from, "swap-visits"), { visit: dragged.dataset.visit, with_visit: onto.dataset.visit });
  }
  if (column && column !== from) {
    return send(deed(from, "move"), { visits: dragged.dataset.visit, to_list: column.dataset.list });
  }
}

function dropList(target) {
  const column = columnOf(target);
  if (column && column !== dragged) send(deed(dragged, "swap"), { with_list: column.dataset.list });
}

function mark(target) {
  board().querySelectorAll("[data-target]").forEach((element) => delete element.dataset.target);
  if (target) target.dataset.target = "yes";
}

function over(event) {
  const column = columnOf(event.target);
  if (!dragged || !column) return;
  const onto = visitOf(dragged) ? visitOf(event.target) : null;
  const target = onto && onto !== dragged ? onto : column;
  event.preventDefault();
  if (target.dataset.target) return;
  mark(target === columnOf(dragged) ? null : target);
}

function shifted(clock, minutes) {
  const [hours, rest] = clock.split(":").map(Number);
  const then = (hours * 60 + rest + minutes + 1440) % 1440;
  return `${String(Math.floor(then / 60)).padStart(2, "0")}:${String(then % 60).padStart(2, "0")}`;
}

function beside(column, step) {
  const columns = [...board().querySelectorAll("[data-list]")];
  return columns[columns.indexOf(column) + step];
}

function onKey(event) {
  const visit = visitOf(event.target);
  if (!event.altKey || !visit) return;
  const column = columnOf(visit);
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const later = { ArrowUp: -5, ArrowDown: 5 }[event.key];
  if (!sideways && !later) return;
  event.preventDefault();
  const to = sideways ? beside(column, sideways) : column;
  if (!to) return say(board().dataset.noList);
  const at = later ? { at: shifted(visit.dataset.clock, later) } : {};
  send(deed(column, "move"), { visits: visit.dataset.visit, to_list: to.dataset.list, ...at });
}

function makeReady() {
  const here = board();
  if (!here?.dataset.seen) return;
  here.querySelectorAll("[data-visit]").forEach((visit) => { visit.draggable = true; });
  here.querySelectorAll("[data-round] .board-head").forEach((head) => { head.draggable = true; });
  document.querySelector(".board-help").hidden = false;
  here.addEventListener("dragstart", (event) => {
    dragged = visitOf(event.target) ?? columnOf(event.target);
    dragged.dataset.dragged = "yes";
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.name);
  });
  here.addEventListener("dragover", over);
  here.addEventListener("drop", (event) => {
    event.preventDefault();
    if (dragged) (visitOf(dragged) ? drop : dropList)(event.target);
  });
  here.addEventListener("dragend", () => {
    mark(null);
    if (dragged) delete dragged.dataset.dragged;
    dragged = null;
  });
  here.addEventListener("keydown", onKey);
}

// One menu open at a time, and Escape closes it.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".board-menu[open]")) document.querySelectorAll(".board-menu[open]").forEach((menu) => { if (menu !== event.target) menu.open = false; });
}, true);
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(".board-menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

makeReady();
