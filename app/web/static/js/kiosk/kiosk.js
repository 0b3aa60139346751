// The touch screen. Screens are fetched and put in place, so that the address never says what was chosen:
// no history, nothing for the back button. Without a network the screens are drawn from the kept data.

import { attend } from "./idle.js";
import { keyboard } from "./keyboard.js";
import { draw, load, tell } from "./offline.js";

const PATIENCE = 4000;
const REFRESH = 600_000;
let refreshed = 0;
let turn = 0;

const room = () => document.getElementById("kioski");

function dress() {
  const { dataset } = room();
  keyboard(document.querySelector(".k-words"));
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  attend(Number(dataset.idle), Number(dataset.warning), "waiting" in dataset, reset);
}

// A new document: nothing of the last person is left in memory.
function reset() {
  location.replace(room().dataset.home);
}

async function go(address) {
  const mine = ++turn;
  const page = (await fetched(address)) || (await drawn(address));
  if (mine !== turn) return;
  document.getElementById("poikki").hidden = Boolean(page);
  if (!page) return;
  const { documentElement: root } = document;
  root.lang = page.documentElement.lang;
  if (page.documentElement.dataset.theme) root.dataset.theme = page.documentElement.dataset.theme;
  else delete root.dataset.theme;
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  dress();
  scrollTo(0, 0);
  document.querySelector("h1[tabindex]")?.focus({ preventScroll: true });
}

async function fetched(address) {
  try {
    const headers = { "Vierelle-Kello": "oma" }; // the screen is cleared here: no time in the address
    const answer = await fetch(address, { cache: "no-store", headers, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 500) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.getElementById("kioski")) return page;
    reset();
    return null;
  } catch {
    return null;
  }
}

// The present document with another screen in it.
async function drawn(address) {
  const data = await load(address, room().dataset);
  if (!data) return null;
  const page = document.implementation.createHTMLDocument(document.title);
  page.documentElement.lang = document.documentElement.lang;
  page.documentElement.dataset.theme = document.documentElement.dataset.theme || "";
  if (!page.documentElement.dataset.theme) delete page.documentElement.dataset.theme;
  page.body.replaceWith(page.importNode(document.body, true));
  page.querySelectorAll("dialog[open]").forEach((dialog) => dialog.removeAttribute("open"));
  draw(page.getElementById("kioski"), address, data);
  page.title = `${page.querySelector("h1").textContent} – Vierelle`;
  return page;
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("a, button");
  if (!target) return;
  if (target.matches("[data-print]")) {
    print();
    return;
  }
  if (target.tagName !== "A" || target.classList.contains("skip")) return;
  event.preventDefault();
  if (target.matches("[data-reset]")) reset();
  else if (target.origin === location.origin && target.pathname.includes("/olka/")) go(target.href);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const query = new URLSearchParams(new FormData(form));
  if (String(query.get("q") || "").trim()) go(`${form.action}?${query}`);
});

// What is kept is brought up to date while nobody is there.
async function keep() {
  if (!("serviceWorker" in navigator) || Date.now() - refreshed < REFRESH) return;
  refreshed = Date.now();
  const { worker, scope, keep: names } = room().dataset;
  try {
    await navigator.serviceWorker.register(worker, { scope });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: JSON.parse(names) });
  } catch {
    refreshed = 0; // a browser without storage: the screen works with a network only
  }
}

// The start screen may have come from what is kept: then it says so, as the screens after it do.
async function listen() {
  const screen = room();
  try {
    const answer = await fetch(screen.dataset.worker, { method: "HEAD", cache: "no-store" }); // is never kept
    if (answer.status < 500) return;
  } catch {
    // No network.
  }
  const data = await load(location.href, screen.dataset);
  if (data && screen.isConnected && "waiting" in screen.dataset) tell(screen, data);
}

const begun = new URL(room().dataset.start, location.origin);
if (location.search || location.hash || location.pathname !== begun.pathname) {
  history.replaceState(null, "", begun.pathname);
}
dress();
keep();
listen();
setInterval(() => {
  if ("waiting" in room().dataset) keep();
}, 60_000);
