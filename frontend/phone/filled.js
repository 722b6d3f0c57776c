// What stands in a copy of a template of the page: `data-text` names the words, `data-if` what must be there.
const language = document.documentElement.lang;
export const clock = (at) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
export const when = (at) => {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return today ? clock(at) : `${new Date(at).toLocaleDateString(language, { weekday: "long" })} ${clock(at)}`;
};

export function filled(name, values) {
  const copy = document.getElementById(name).content.firstElementChild.cloneNode(true);
  const each = (kind, what) => [copy, ...copy.querySelectorAll(`[data-${kind}]`)].filter((it) => it.dataset[kind]).forEach(what);
  each("if", (it) => (it.hidden = !values[it.dataset.if]));
  each("text", (it) => (it.textContent = values[it.dataset.text] ?? ""));
  each("label", (it) => it.setAttribute("aria-label", values[it.dataset.label]));
  each("call", (it) => (it.href = `tel:${String(values[it.dataset.call] ?? "").replace(/[^\d+]/g, "")}`));
  each("map", (it) => values[it.dataset.map] && (it.href = `geo:${values[it.dataset.map]}?q=${values[it.dataset.map]}`));
  each("list", (it) => it.replaceChildren(...(values[it.dataset.list] ?? []).map((one) => filled(it.dataset.each, one))));
  return copy;
}
