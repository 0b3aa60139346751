// Search in place: the same addresses as without scripts, only the results are replaced.

import { change, current, listen, returned, write } from "./store.js";
import { announce, words } from "./page.js";

const box = document.getElementById("nakyma-haku");
const form = document.getElementById("haku");
let running = null;
let typing = false;
let shown = location.search;

export function hits() {
  return [...box.querySelectorAll(".hit")];
}

export function start() {
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(asked(), !typing).then(focusFirst);
    typing = false;
  });
  form.addEventListener("input", () => {
    go(asked(), !typing);
    typing = true;
  });
  form.addEventListener("focusout", () => {
    typing = false;
  });
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(new URL(link.href).search, true);
  });
  window.addEventListener("popstate", (event) => {
    returned(event);
    if (location.search !== shown) load(location.search);
  });
  listen((state, before) => {
    if (state.ids !== before.ids) mark();
  });
  mark();
}

function asked() {
  const data = new FormData(form);
  const query = new URLSearchParams();
  const unit = new URLSearchParams(shown).get("yksikko") || "";
  for (const [name, value] of data) {
    // Another unit is another question: needs chosen within the old one go.
    if (name === "need" && unit && unit !== data.get("yksikko")) continue;
    if (String(value).trim()) query.append(name, String(value).trim());
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}

function go(search, step) {
  if (current().view !== "search") change({ view: "search" });
  if (search !== shown || search !== location.search) write(location.pathname + search, step);
  return load(search);
}

// The first key asks at once, without a pause; what is typed while an answer is on its way is asked as one
// when that has come. So one question at a time is asked, and only what is still wanted is put in.
function load(search) {
  if (search === shown && !running) return Promise.resolve();
  shown = search;
  running ||= fetchShown().finally(() => {
    running = null;
  });
  return running;
}

async function fetchShown() {
  for (let asked = null; asked !== shown; ) {
    asked = shown;
    try {
      const answer = await fetch(`${location.pathname}/tulokset${asked}`);
      if (!answer.ok) {
        location.reload();
        return;
      }
      const html = await answer.text();
      if (asked === shown) replace(html);
    } catch {
      if (asked === shown) announce(words.broken);
    }
  }
}

function replace(html) {
  const held = box.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const unfolded = Boolean(box.querySelector(".narrow")?.open);
  box.innerHTML = html;
  if (unfolded) box.querySelector(".narrow")?.setAttribute("open", "");
  mark();
  follow();
  if (held !== undefined) {
    const again = box.querySelector(`[data-key="${CSS.escape(held)}"]`);
    (again || document.getElementById("tulosten-otsikko")).focus({ preventScroll: true });
  }
  announce(document.getElementById("tulosten-otsikko").textContent);
}

// The fields show what was asked, except the one that is being written.
function follow() {
  const said = box.querySelector(".filters").dataset;
  for (const [name, value] of [["q", said.q], ["missa", said.place], ["yksikko", said.unit]]) {
    const field = form.elements.namedItem(name);
    if (field !== document.activeElement && field.value !== value) field.value = value;
  }
}

function focusFirst() {
  const first = box.querySelector(".hit .what");
  (first || document.getElementById("tulosten-otsikko")).focus();
}

function mark() {
  const ids = new Set(current().ids);
  for (const hit of hits()) {
    const picked = ids.has(hit.dataset.id);
    hit.classList.toggle("is-picked", picked);
    hit.querySelector("input").checked = picked;
  }
}
