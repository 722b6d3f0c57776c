// Tours on a map, drawn from the tables that stand beneath it. Without tiles the map still has the names of hamlets, a
// scale and north; then nothing is asked from outside. Numbers stand on the stops; names only when one points at them.
import "./tours.css";
import { Control, DivIcon, Map, Marker, Polyline, TileLayer, control, latLngBounds } from "leaflet/dist/leaflet-src.esm.js";

const holder = document.getElementById("map");
const number = (element, name) => Number(element.dataset[name]);
const pointOf = (element) => [number(element, "latitude"), number(element, "longitude")];
const pair = (text) => text?.split(",").map(Number);
const onMap = (root) => [...root.querySelectorAll("[data-latitude]")];
const tours = [...document.querySelectorAll("[data-tour]")];
const drawn = new globalThis.Map(); // by tour: its layers

function mark(at, className, text, size, options = {}) {
  const html = document.createElement("span");
  html.textContent = text;
  const icon = new DivIcon({ className, html, iconSize: [size, size] });
  return new Marker(at, { icon, keyboard: false, interactive: false, ...options });
}

function lineOf(tour) {
  const points = [pair(tour.dataset.begins), ...onMap(tour).map(pointOf), pair(tour.dataset.ends)];
  return points.filter(Boolean);
}

// Two visits in one house share a spot: the mark names both numbers.
function stopsOf(tour) {
  const spots = new globalThis.Map();
  for (const row of onMap(tour)) {
    const key = pointOf(row).join();
    const spot = spots.get(key) ?? { at: pointOf(row), numbers: [], words: [] };
    spot.numbers.push(row.dataset.number);
    spot.words.push(`${row.dataset.clock} ${row.querySelector(".tour-name").textContent}`);
    spots.set(key, spot);
  }
  return [...spots.values()];
}

function drawTour(map, tour) {
  const line = new Polyline(lineOf(tour), { className: "tour-line", weight: 4, dashArray: tour.dataset.dashed ? "2 9" : null, interactive: false });
  const stops = stopsOf(tour).map(({ at, numbers, words }) => {
    const wide = numbers.join("·").length > 2;
    const stop = mark(at, "tour-stop", numbers.length > 2 ? `${numbers[0]}…` : numbers.join("·"), wide ? 36 : 28, { interactive: true });
    return stop.bindTooltip(words.join(", "), { direction: "top", offset: [0, -14] });
  });
  for (const layer of [line, ...stops]) {
    layer.on("add", () => { (layer.getElement() ?? layer._icon).dataset.colour = tour.dataset.colour; });
    layer.addTo(map);
  }
  drawn.set(tour.dataset.tour, { line, stops });
}

function emphasise(chosen) {
  for (const [name, { line, stops }] of drawn) {
    const beside = chosen && name !== chosen;
    line.setStyle({ weight: chosen === name ? 6 : beside ? 2 : 4, opacity: beside ? 0.3 : 1 });
    stops.forEach((stop) => {
      stop.getElement()?.classList.toggle("beside", Boolean(beside));
      stop.setZIndexOffset(beside ? -1000 : 0);
    });
  }
}

function choose(map, chosen, { look = true } = {}) {
  emphasise(chosen);
  document.getElementById("tour-tables").classList.toggle("two", !chosen);
  tours.forEach((tour) => { tour.hidden = Boolean(chosen) && tour.dataset.tour !== chosen; });
  document.querySelectorAll("[data-choose]").forEach((link) => {
    const current = link.dataset.choose === chosen;
    link.dataset.variant = current ? "secondary" : "tertiary";
    current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  });
  const shown = tours.filter((tour) => !chosen || tour.dataset.tour === chosen).flatMap(lineOf);
  if (look && shown.length) map.fitBounds(latLngBounds(shown), { padding: [36, 36], maxZoom: 15, animate: false });
}

function draw() {
  holder.hidden = false;
  const map = new Map(holder, { zoomControl: false, attributionControl: Boolean(holder.dataset.tiles), scrollWheelZoom: false, zoomSnap: 0.25 });
  control.zoom({ zoomInTitle: holder.dataset.in, zoomOutTitle: holder.dataset.out }).addTo(map);
  control.scale({ imperial: false }).addTo(map);
  const north = new Control({ position: "topright" });
  north.onAdd = () => Object.assign(document.createElement("div"), { className: "tour-north", textContent: `↑\u00a0${holder.dataset.north}` });
  north.addTo(map);
  if (holder.dataset.tiles) {
    map.attributionControl.setPrefix(false);
    new TileLayer(holder.dataset.tiles, { attribution: holder.dataset.credit, maxZoom: 18 }).addTo(map);
  }
  const everything = tours.flatMap(lineOf);
  const unplaced = onMap(document).filter((element) => element.closest("#unplaced-visits"));
  everything.push(...unplaced.map(pointOf));
  const hamlets = onMap(document.getElementById("hamlets"));
  map.fitBounds(latLngBounds(everything.length ? everything : hamlets.length ? hamlets.map(pointOf) : [[67.9, 15]]), { padding: [36, 36], maxZoom: 15, animate: false });
  if (!holder.dataset.tiles) hamlets.forEach((hamlet) => mark(pointOf(hamlet), "tour-hamlet", hamlet.textContent, 0, { zIndexOffset: -2000 }).addTo(map));
  tours.forEach((tour) => drawTour(map, tour));
  const bases = new globalThis.Map(tours.filter((tour) => tour.dataset.begins).map((tour) => [tour.dataset.begins, tour.dataset.place]));
  for (const [at, name] of bases) mark(pair(at), "tour-base", "⌂", 30, { interactive: true }).bindTooltip(name).addTo(map);
  unplaced.forEach((visit) => mark(pointOf(visit), "tour-unplaced", "?", 28, { interactive: true }).bindTooltip(visit.textContent).addTo(map));
  choose(map, holder.dataset.chosen, { look: Boolean(holder.dataset.chosen) });
  return map;
}

if (holder) {
  const map = draw();
  document.querySelectorAll("[data-choose]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    choose(map, link.dataset.choose);
    history.replaceState(null, "", link.href);
  }));
}
