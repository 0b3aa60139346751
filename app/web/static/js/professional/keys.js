// One key for each act; never while text is being written, and they can be turned off (WCAG 2.1.4).

import { hits } from "./results.js";
import { toggle } from "./shortlist.js";
import { act } from "./sheet.js";

const help = document.getElementById("ohje");
let place = "";
const ACTS = { c: "compare", l: "sheet", p: "print" };

export function start() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-do=help]")) help.showModal();
  });
  if (!document.querySelector(".keys [data-do=help]")) return;
  document.addEventListener("focusin", (event) => {
    place = event.target.closest(".hit")?.dataset.id || place;
  });
  document.addEventListener("keydown", pressed);
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.defaultPrevented) return;
  const writing = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
  if (event.key === "Escape") {
    if (event.target.matches("select")) return;
    act("back");
    if (writing && event.target === document.activeElement) resume();
    return;
  }
  if (writing) return;
  if (answer(event.key)) event.preventDefault();
}

function answer(key) {
  if (ACTS[key]) act(ACTS[key]);
  else if (key === "/") field();
  else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "x") withHit((hit) => toggle(hit.dataset.id));
  else if (key === "o") withHit((hit) => window.open(hit.querySelector(".what").href, "_blank", "noopener"));
  else if (key === "?") help.showModal();
  else return false;
  return true;
}

function field() {
  act("back");
  const q = document.getElementById("q");
  q?.focus();
  q?.select();
}

// From a field back to the row one was at: else the next key would be written into the field.
function resume() {
  const all = hits();
  const hit = all.find((each) => each.dataset.id === place) || all[0];
  (hit?.querySelector(".what") || document.getElementById("tulosten-otsikko"))?.focus();
}

// Who has just come is at no row yet: the first key means the first row, which shows that it was meant.
function withHit(use) {
  const lone = document.activeElement === document.body;
  const hit = document.activeElement.closest(".hit") || (lone && hits()[0]);
  if (!hit) return;
  if (lone) hit.querySelector(".what").focus();
  use(hit);
}

function step(by) {
  const all = hits();
  const at = all.indexOf(document.activeElement.closest(".hit"));
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  const hit = all[Math.max(0, Math.min(all.length - 1, next))];
  if (!hit) return;
  hit.querySelector(".what").focus({ preventScroll: true });
  hit.scrollIntoView({ block: "nearest" });
}
