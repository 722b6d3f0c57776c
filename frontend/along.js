// On the shift page: take the list along, renew it quietly, and send what waits.
import { hello, send, takeAlong, tidy, unsent } from "./phone/contact.js";
import { chooseCode, hasCode, held } from "./phone/vault.js";

const LEAST = 4; // signs in a code

async function begin(panel) {
  await navigator.serviceWorker.register("/worker.js", { scope: "/" });
  keepThePage().catch(() => {}); // without coverage the one that is kept is as good
  const said = await hello();
  if (!said) return;
  await tidy(said.user.id);
  await send(said);
  if (await hasCode()) tell(panel, await takeAlong(said));
  else tell(panel, "none");
}

// In the language of now: somebody may have chosen another one since the worker kept it.
async function keepThePage() {
  const [name] = (await caches.keys()).filter((one) => one.startsWith("omtanke-"));
  if (!name) return; // the worker keeps the page of now when it is installed
  const page = await fetch("/phone/");
  if (page.ok) await (await caches.open(name)).put("/phone/", page);
}

async function tell(panel, outcome) {
  panel.hidden = false;
  panel.querySelectorAll("[data-when]").forEach((part) => (part.hidden = !part.dataset.when.split(" ").includes(outcome)));
  const list = await held();
  if (list) panel.querySelector("[data-made]").textContent = new Date(list.made).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const waiting = (await unsent()).length;
  const line = panel.querySelector("[data-waiting]");
  line.hidden = !waiting;
  line.textContent = line.dataset.waiting.replace("0", waiting);
}

async function choose(panel, form) {
  const code = form.elements.code.value;
  const wrong = form.querySelector("[data-wrong]");
  wrong.hidden = code.length >= LEAST;
  if (code.length < LEAST) return form.elements.code.focus();
  form.querySelector("button").disabled = true;
  await chooseCode(code);
  form.reset();
  form.querySelector("button").disabled = false;
  const outcome = await takeAlong();
  tell(panel, outcome);
  panel.querySelector(`[data-when~="${outcome}"]`)?.focus();
}

function start() {
  const panel = document.querySelector("[data-along]:not([data-begun])");
  if (!panel || !("serviceWorker" in navigator) || !window.isSecureContext) return;
  panel.dataset.begun = "yes";
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    choose(panel, event.target);
  });
  begin(panel);
}

document.addEventListener("htmx:after:swap", start);
start();
