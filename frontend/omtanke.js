// What every page needs: Designsystemet's behaviour, htmx for fragments. Pages work without any of it.
import "@digdir/designsystemet-web";
import htmx from "htmx.org";

import { leaveNothingBehind } from "./phone/leave.js";

window.htmx = htmx;
htmx.config.includeIndicatorCSS = false; // our Content-Security-Policy allows no inline style

// htmx posts carry the token that Django's forms carry.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  const request = event.detail.ctx?.request ?? event.detail;
  if (token && request.headers) request.headers["X-CSRFToken"] = token;
});

// A button that asks for printing.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
// A choice that takes effect at once where scripts run; without them a button beside it does the same.
document.addEventListener("change", (event) => {
  if (event.target.closest("[data-submit-on-change]")) event.target.form.requestSubmit();
});

// In a long menu the page one is on is in sight.
document.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest" });

leaveNothingBehind();
