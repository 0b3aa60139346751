// The screens without a network: the same addresses, drawn from the kept data of this language.

import { events, find, topic, urgent } from "./matching.js";
import { entry, from, icon, make, whole } from "./sheet.js";

const SHOWN = 4;
const MOST_PICKS = 3;
const NO_TOPIC = { sairaus: "", yksikko: "", tilanne: "", q: "" };
const known = new Map();

export async function load(address, dataset) {
  const prefix = new URL(address).pathname.split("/olka/")[0];
  const url = `${prefix}/olka/data.json`;
  try {
    if (!known.has(url)) known.set(url, await (await fetch(url)).json());
  } catch {
    return known.get(`${dataset.data}`) || null;
  }
  return known.get(url);
}

export function draw(room, address, data) {
  const url = new URL(address);
  const [code, screen = ""] = url.pathname.split("/olka/")[1].split("/");
  const at = new Place(url, code, data);
  delete room.dataset.waiting;
  const made = {
    sairaus: () => choose(at, "sairaus"),
    yksikko: () => choose(at, "yksikko"),
    tilanne: () => choose(at, "tilanne"),
    sanat: () => words(at),
    kunta: () => where(at),
    tulokset: () => results(at),
    ohje: () => handout(at),
    viikko: () => week(at),
  };
  room.replaceChildren(...(made[screen] || (() => choose(at, at.first)))());
  tell(room, data);
}

// Says above a screen that there is no network, and how old the kept data are.
export function tell(room, data) {
  const note = make("p", { className: "k-offline" }, icon("alert"), data.words.offline.replace("{moment}", data.made));
  note.setAttribute("role", "status");
  room.prepend(note);
}

class Place {
  constructor(url, code, data) {
    this.url = url;
    this.data = data;
    this.words = data.words;
    this.query = url.searchParams;
    this.point = data.points[code];
    this.path = `${url.pathname.split("/olka/")[0]}/olka/${code}`;
    this.topic = topic(this.query, data);
    this.town = this.query.get("kunta") || "";
    this.picks = this.query.getAll("id");
    this.page = Number(this.query.get("sivu")) || 1;
    this.first = ["yksikko", "sairaus", "tilanne"].find((kind) => this.point[kind].length);
  }

  link(screen, changes = {}) {
    const query = new URLSearchParams();
    if (this.topic) query.set(this.topic.kind, this.topic.code);
    if (this.town) query.set("kunta", this.town);
    for (const id of this.picks) query.append("id", id);
    for (const name of ["aika", "vari"]) if (this.query.get(name)) query.set(name, this.query.get(name));
    for (const [name, value] of Object.entries(changes)) {
      query.delete(name);
      for (const one of [value].flat()) if (one) query.append(name, one);
    }
    return `${this.path}/${screen}${query.size ? `?${query}` : ""}`;
  }
}

function head(title, ...others) {
  return make("div", { className: "k-head" }, ...others, make("h1", { tabIndex: -1 }, title));
}

function reach(...children) {
  return make("div", { className: "k-reach" }, ...children);
}

function tiles(list) {
  const items = list.map(([name, picture, href]) =>
    make("li", {}, make("a", { href }, picture ? icon(picture) : "", make("span", {}, name))),
  );
  return make("ul", { className: `k-tiles${list[0][1] ? "" : " k-plain"}` }, ...items);
}

function choose(at, kind) {
  const named = at.point[kind].map((code) => {
    const [name, picture] = kind === "sairaus" ? [at.data.needs[code][0], ""] : at.data[kind][code];
    return [name, picture, at.link("kunta", { ...NO_TOPIC, kunta: "", [kind]: code })];
  });
  return [head(at.words[kind]), reach(tiles(named))];
}

function where(at) {
  const list = at.point.towns.map((code) => [at.data.towns[code], "", at.link("tulokset", { kunta: code })]);
  list.push([at.words.everywhere, "", at.link("tulokset", { kunta: "kaikki" })]);
  return [head(at.words.where, chosen(at.topic?.name)), reach(tiles(list))];
}

function chosen(text) {
  return text ? make("p", { className: "k-chosen" }, text) : "";
}

function results(at) {
  const found = at.topic ? find(at.topic, at.town, at.data) : [];
  const shown = found.slice((at.page - 1) * SHOWN, at.page * SHOWN);
  const town = at.data.towns[at.town] || at.words.everywhere;
  const called = at.topic ? urgent(at.topic, at.data) : [];
  const lines = called.length ? crisis(called, at) : "";
  const calls = lines || shown.length ? "" : crisis(at.data.lines, at, false);
  const said = shown.length ? at.words.pick : at.words.nothing;
  const top = head(lines ? at.words.alone : said, chosen(`${at.topic?.name || ""} · ${town}`));
  const next = lines ? make("div", { className: "k-next" }, make("h2", {}, said)) : "";
  if (!shown.length) (next || top).append(make("p", {}, at.words.ask));
  const onward = [];
  if (found.length > at.page * SHOWN) onward.push(step(at.link("tulokset", { sivu: at.page + 1 }), "arrow", at.words.more));
  if (!shown.length) onward.push(step(at.link("sanat", { ...NO_TOPIC, kunta: "" }), "search", at.words.own));
  onward.push(step(at.link("kunta", { kunta: "" }), "place", at.words.change));
  return [top, reach(...[lines, next, calls, list(shown, at)].filter(Boolean), make("ul", { className: "k-onward" }, ...onward))];
}

function crisis(called, at, now = true) {
  const lines = called.map(([name, phone]) => make("li", {}, make("strong", {}, phone), make("span", {}, name)));
  const heading = make("h2", { id: "apua-nyt" }, icon(now ? "alert" : "phone"), now ? at.words.now : at.words.call);
  const section = make("section", { className: `note${now ? " warning" : ""} k-crisis` }, heading, make("ul", { className: "k-lines" }, ...lines));
  section.setAttribute("aria-labelledby", "apua-nyt");
  return section;
}

function step(href, picture, name) {
  return make("li", {}, make("a", { href }, icon(picture), make("span", {}, name)));
}

function list(found, at) {
  const items = found.map((one) => {
    const ids = [...at.picks.filter((id) => id !== one.id).slice(0, MOST_PICKS - 1), one.id];
    const facts = make("span", { className: "k-facts" });
    if (one.w?.length) facts.append(make("span", {}, icon("calendar"), make("span", {}, ...whole(one.w))));
    if (one.p) facts.append(make("span", {}, icon("place"), one.p));
    const text = make("span", { className: "k-from" }, from(one));
    return make("li", {}, make("a", { href: at.link("ohje", { id: ids }) }, make("strong", {}, one.t), text, facts));
  });
  return make("ol", { className: "k-results" }, ...items);
}

function handout(at) {
  const found = at.picks.map((id) => at.data.activities.find((one) => one.id === id)).filter(Boolean);
  const { words } = at;
  const lines = at.data.lines.flatMap(([name, phone], place, all) => [
    make("span", { className: "unit" }, `${name} `, make("strong", {}, phone), place + 1 < all.length ? " ·" : ""),
    " ",
  ]);
  const sheet = make(
    "article",
    { className: "sheet" },
    make(
      "header",
      { className: "sheet-head" },
      make("p", { className: "sheet-from" }, make("strong", {}, "Vierelle"), ` · ${at.data.county}`),
      make("p", { className: "sheet-day" }, at.data.day),
      make("h1", { tabIndex: -1 }, found.length ? words.heading : words.nothing),
    ),
    ...found.map((one) => entry(one, words)),
    make("footer", { className: "sheet-foot" }, make("p", {}, words.check), make("p", {}, `${words.urgent} `, ...lines)),
  );
  const actions = make(
    "p",
    { className: "k-actions" },
    button("print", words.print),
    make("a", { className: "button second k-back", href: at.link(at.topic ? "tulokset" : "viikko", { id: at.picks.slice(0, -1) }) }, icon("arrow"), words.back),
  );
  if (at.topic && found.length < MOST_PICKS) {
    actions.append(make("a", { className: "button second", href: at.link("tulokset") }, icon("list"), words.another));
  }
  const side = make("div", { className: "k-side" }, make("p", { className: "k-how" }, words.how), actions);
  return [make("div", { className: `k-paper${found.length === 1 ? " k-one" : ""}` }, sheet, side)];
}

function button(picture, text) {
  const made = make("button", { type: "button", className: "k-print" }, icon(picture), text);
  made.dataset.print = "";
  return made;
}

function week(at) {
  const found = events(at.point, at.data).slice(0, 2 * SHOWN);
  const top = head(at.words.week);
  if (!found.length) top.append(make("p", {}, at.words.noweek));
  return [top, reach(list(found, at))];
}

function words(at) {
  const { words: said } = at;
  const input = make("input", { id: "sanat", name: "q", type: "text", maxLength: 100, autocomplete: "off", required: true });
  const keys = make("div", { className: "k-keys", hidden: true });
  Object.assign(keys.dataset, { space: said.space, erase: said.erase, clear: said.clear });
  keys.setAttribute("role", "group");
  keys.setAttribute("aria-label", said.keyboard);
  const line = make("div", { className: "k-line" }, input, make("button", { type: "submit" }, icon("search"), said.search));
  const label = make("label", { htmlFor: "sanat" }, said.writehint);
  const form = make("form", { className: "k-words", method: "get", action: `${at.path}/kunta`, autocomplete: "off" }, label, line, keys);
  return [head(said.write), reach(form)];
}
