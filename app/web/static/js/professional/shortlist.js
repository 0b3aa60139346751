// The list beside the results: pick, order, remove.

import { MOST, change, current, listen } from "./store.js";
import { announce, element, icon, panel, parts, words } from "./page.js";

const list = document.getElementById("poimitut");
const number = document.getElementById("listan-pituus");
const missing = document.getElementById("puuttuvat");
const known = new Map();

export function start() {
  document.addEventListener("change", (event) => {
    if (event.target.matches(".hit .pick input")) toggle(event.target.value);
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) act(button.dataset.act, button.closest("li").dataset.id);
  });
  listen((state, before) => {
    if (state.ids !== before.ids) draw();
  });
  draw();
}

export function toggle(id) {
  const ids = current().ids;
  if (ids.includes(id)) {
    change({ ids: ids.filter((other) => other !== id) });
    announce(`${words.removed}: ${known.get(id)?.title || ""}`);
  } else if (ids.length >= MOST) {
    change({ ids: [...ids] });
    announce(words.full);
  } else {
    learn();
    change({ ids: [...ids, id] });
    announce(`${words.added}: ${known.get(id)?.title || ""}`);
  }
}

function act(what, id) {
  const ids = [...current().ids];
  const at = ids.indexOf(id);
  if (what === "remove") {
    toggle(id);
    (list.querySelectorAll("[data-act=remove]")[Math.min(at, ids.length - 2)] || panel).focus();
    return;
  }
  const to = at + (what === "up" ? -1 : 1);
  if (to < 0 || to >= ids.length) return;
  [ids[at], ids[to]] = [ids[to], ids[at]];
  change({ ids });
  // First and last can be moved one way only: then the focus goes to the way back.
  const row = list.children[to];
  (row.querySelector(`[data-act=${what}]`) || row.querySelector("[data-act=up], [data-act=down]")).focus();
}

// Names of the results in sight need no question to the server.
function learn() {
  for (const hit of document.querySelectorAll(".hit")) {
    const title = hit.querySelector(".what");
    known.set(hit.dataset.id, {
      title: title.textContent,
      lang: title.lang,
      organisation: hit.querySelector(".who").textContent,
      phone: hit.querySelector(".phone .tel")?.lastChild.textContent.trim() || "",
    });
  }
}

async function draw() {
  learn();
  const { ids } = current();
  document.documentElement.classList.toggle("has-picks", ids.length > 0);
  list.hidden = !ids.length;
  number.textContent = ids.length || "";
  list.replaceChildren(...ids.map(item));
  if (ids.every((id) => known.has(id))) return;
  try {
    const told = await parts(ids, null, false);
    for (const pick of told.picks) known.set(pick.id, pick);
    const alive = ids.filter((id) => known.has(id));
    if (alive.length < ids.length) {
      missing.textContent = told.missing;
      missing.hidden = false;
      announce(told.missing);
      change({ ids: alive });
    } else list.replaceChildren(...ids.map(item));
  } catch {
    announce(words.broken);
  }
}

function item(id, at, ids) {
  const pick = known.get(id) || { title: "…", lang: "fi", phone: "" };
  const name = element("span", { className: "name", lang: pick.lang }, pick.title);
  const phone = element("span", { className: "tel" }, pick.phone);
  const moves = element("span", { className: "moves" });
  if (at > 0) moves.append(move("up", "arrow", words.up, pick));
  if (at < ids.length - 1) moves.append(move("down", "arrow", words.down, pick));
  moves.append(move("remove", "close", words.remove, pick));
  const made = element("li", {}, element("span", {}, name, element("br"), phone), moves);
  made.dataset.id = id;
  return made;
}

function move(what, picture, label, pick) {
  const button = element("button", { type: "button", className: what }, icon(picture));
  button.dataset.act = what;
  button.setAttribute("aria-label", `${label}: ${pick.title}`);
  return button;
}
