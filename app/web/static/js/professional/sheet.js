// The hand-out and the comparison: views of the same page, so that the note stays where it was written.

import { change, current, format, listen } from "./store.js";
import { announce, panel, parts, words } from "./page.js";

const search = document.getElementById("nakyma-haku");
const box = document.getElementById("nakyma-lista");
const note = document.getElementById("viesti");
const tools = box.querySelector(".sheet-tools");
const paper = document.getElementById("arkki");
const NEEDING = ["print", "sheet", "link"]; // acts on what is picked: of nothing there is no sheet
let answer = null;
let ready = Promise.resolve(true);
let left = null;
let thrown = null;
let forgetting = 0;

export function start() {
  note.addEventListener("input", write);
  document.querySelector(".desk").addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) act(button.dataset.do);
  });
  box.addEventListener("click", chosen);
  box.addEventListener("submit", fill);
  listen((state, before) => {
    if (thrown && state.ids.length) keep(panel.querySelector("[data-do=clear]"), null);
    if (state.view !== before.view || state !== before) ready = show(state, state.view !== before.view);
  });
  if (current().view !== "search") ready = show(current(), false);
}

export function act(what) {
  const state = current();
  if (NEEDING.includes(what) && !state.ids.length) {
    told(panel.querySelector(".shortlist-empty").textContent);
  } else if (what === "clear") {
    clear(state);
  } else if (what === "jump") {
    panel.scrollIntoView();
    panel.querySelector("button")?.focus({ preventScroll: true });
  } else if (what === "link") {
    copy(link());
  } else if (what === "print") {
    print();
  } else if (what === "back") {
    if (state.view !== "search") change({ view: "search" });
  } else {
    change({ view: state.view === what ? "search" : what });
  }
}

// A slip can be undone for a moment; then the list and the note are gone for good.
function clear(state) {
  const button = panel.querySelector("[data-do=clear]");
  if (thrown) {
    const { ids, text } = thrown;
    keep(button, null);
    note.value = text;
    change({ ids });
    return;
  }
  if (!state.ids.length && !note.value) return;
  const held = { ids: state.ids, text: note.value };
  note.value = "";
  change({ ids: [], view: "search" });
  keep(button, held);
}

function keep(button, held) {
  clearTimeout(forgetting);
  thrown = held;
  button.dataset.text ||= button.textContent;
  button.textContent = held ? button.dataset.back : button.dataset.text;
  if (held) forgetting = setTimeout(() => keep(button, null), 15000);
}

async function print() {
  change({ view: "sheet" });
  if (await ready) window.print();
}

function link() {
  const state = current();
  const shared = { ...state, view: "search", language: "", large: state.large };
  const page = prefix() === null ? words.page : `${words.root}${prefix()}/ohjauslista`;
  return `${location.origin}${page}${format(shared)}`;
}

function prefix() {
  const wanted = current().language;
  if (!wanted || wanted === words.language) return null;
  const found = tools.querySelector(`[data-language="${CSS.escape(wanted)}"]`);
  return found ? found.dataset.prefix : null;
}

// Draws the view. Gives true when it stands on the page.
async function show(state, entered) {
  if (entered && search.contains(document.activeElement)) left = document.activeElement;
  const open = state.view !== "search" && (state.ids.length > 0 || state.view === "compare");
  if (!open) {
    box.hidden = true;
    search.hidden = false;
    if (entered) (left?.isConnected ? left : document.getElementById("tulosten-otsikko"))?.focus();
    return false;
  }
  try {
    answer = await parts(state.ids, state.view === "compare" ? null : prefix(), state.large);
  } catch {
    announce(words.broken);
    return false;
  }
  if (current() !== state && current().ids !== state.ids) return false;
  draw(state);
  if (entered) box.focus({ preventScroll: true });
  return true;
}

function draw(state) {
  const compared = state.view === "compare";
  tools.hidden = compared;
  paper.innerHTML = compared ? answer.compare : answer.sheet;
  const language = state.language || words.language;
  for (const button of tools.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  tools.querySelector("[data-large]").setAttribute("aria-pressed", String(state.large));
  write();
  search.hidden = true;
  box.hidden = false;
}

// The note goes into the sheet and the mail on this page; nowhere else.
function write() {
  const place = paper.querySelector("[data-note]");
  if (!place) return;
  const text = note.value.trim();
  place.textContent = text;
  place.hidden = !text;
  const body = (text ? `${text}\n\n` : "") + answer.mail.body;
  const address = `subject=${encodeURIComponent(answer.mail.subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
  tools.querySelector("[data-mail]").href = `mailto:?${address}`;
}

function chosen(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.language) change({ language: button.dataset.language === words.language ? "" : button.dataset.language });
  else if ("large" in button.dataset) change({ large: !current().large });
  else if ("copy" in button.dataset) copy((note.value.trim() ? `${note.value.trim()}\n\n` : "") + answer.text);
}

// The form for the PDF: ids always, the note only when the person ticked the box.
function fill(event) {
  const form = event.target.closest("[data-pdf]");
  if (!form) return;
  for (const old of form.querySelectorAll("input[type=hidden]")) old.remove();
  const wanted = prefix();
  if (wanted !== null) form.action = `${words.root}${wanted}/ohjauslista.pdf`;
  const state = current();
  const fields = state.ids.map((id) => ["id", id]);
  if (state.large) fields.push(["suuri", "1"]);
  if (form.querySelector("[data-with-note]").checked && note.value.trim()) fields.push(["viesti", note.value.trim()]);
  for (const [name, value] of fields) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
}

// Without a secure connection browsers give no clipboard: then the text stands ready, marked, to be copied.
async function copy(text) {
  const field = document.getElementById("kopioitava");
  try {
    await navigator.clipboard.writeText(text);
    field.hidden = true;
    told(words.copied);
  } catch {
    field.hidden = false;
    field.value = text;
    field.focus();
    field.select();
    told(document.execCommand("copy") ? words.copied : words.failed);
  }
}

function told(text) {
  announce(text);
  flash(text);
}

function flash(text) {
  const place = panel.querySelector("#viesti-ohje");
  const before = place.dataset.text || place.textContent;
  place.dataset.text = before;
  place.textContent = text;
  setTimeout(() => {
    place.textContent = before;
  }, 4000);
}
