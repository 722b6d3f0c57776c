// Filling in a form: questions come and go with the answers they depend on, and answers are saved as they are given.
// Without this script the same happens on the server when a button is pressed.
const form = document.querySelector("form[data-fill]");
const state = form.querySelector("[data-state]");
let waiting = 0;
let unsaved = false;
let sending = null;

// The answers to a question that is asked now; a name within a repetition goes before the same one outside of it.
function answers(names) {
  for (const name of names) {
    const fields = [...form.elements].filter((field) => field.name === name && !field.closest("[data-when][hidden]"));
    const values = fields
      .filter((field) => !/radio|checkbox/.test(field.type) || field.checked)
      .map((field) => field.value.trim())
      .filter(Boolean);
    if (values.length) return values;
  }
  return [];
}

function holds({ names, operator, value }) {
  const given = answers(names);
  if (operator === "exists") return given.length > 0 === value;
  return given.some((one) => {
    const [left, right] = typeof value === "number" ? [Number(one.replace(",", ".")), value] : [one, String(value)];
    switch (operator) {
      case "=": return left === right;
      case "!=": return left !== right;
      case ">": return left > right;
      case "<": return left < right;
      case ">=": return left >= right;
      default: return left <= right;
    }
  });
}

// One question may wait for another that waits for a third: until nothing changes any more.
function showWhatIsAsked() {
  const conditional = [...form.querySelectorAll("[data-when]")];
  for (let round = 0, changed = true; changed && round <= conditional.length; round += 1) {
    changed = false;
    for (const question of conditional) {
      const { any, on } = JSON.parse(question.dataset.when);
      const hidden = !(any ? on.some(holds) : on.every(holds));
      changed ||= hidden !== question.hidden;
      question.hidden = hidden;
    }
  }
}

async function save() {
  state.textContent = form.dataset.saving;
  sending = new AbortController();
  const { signal } = sending;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Save": "1" }, signal });
    if (answer.status !== 204 && answer.status !== 422) throw new Error(String(answer.status));
    unsaved = false;
    state.textContent = answer.status === 204 ? form.dataset.saved : form.dataset.toMend;
  } catch {
    if (signal.aborted) return;
    state.textContent = form.dataset.notSaved;
    later(5000);
  }
}

function later(milliseconds) {
  unsaved = true;
  clearTimeout(waiting);
  waiting = setTimeout(save, milliseconds);
}

form.addEventListener("input", () => { showWhatIsAsked(); later(800); });
form.addEventListener("submit", () => { unsaved = false; clearTimeout(waiting); sending?.abort(); });
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
showWhatIsAsked();
