// Search in the kept activities: by need, by municipality, by simple likeness of words.

const SHORTEST = 3;

export function topic(query, data) {
  for (const kind of ["yksikko", "tilanne"]) {
    const term = data[kind][query.get(kind)];
    if (term) return { kind, code: query.get(kind), name: term[0], needs: term[2] };
  }
  const need = data.needs[query.get("sairaus")];
  if (need) return { kind: "sairaus", code: query.get("sairaus"), name: need[0], needs: [query.get("sairaus")] };
  const words = (query.get("q") || "").trim();
  return words ? { kind: "q", code: words, name: words, needs: [] } : null;
}

// The lines to call at once, where the needs speak of a crisis: those of the first need first, each once.
export function urgent(sought, data) {
  const needs = sought.kind === "q" ? needsOf(rootsOf(sought.code), data) : sought.needs;
  const lines = needs.flatMap((need) => data.urgentlines[data.urgent[need]] || []);
  return [...new Map(lines.map((line) => [line[1], line])).values()];
}

export function find(sought, town, data) {
  const roots = sought.kind === "q" ? rootsOf(sought.code) : [];
  const wanted = new Set(sought.kind === "q" ? needsOf(roots, data) : sought.needs);
  const anywhere = !town || town === "kaikki";
  return data.activities
    .filter((entry) => anywhere || !entry.m?.length || entry.m.includes(town))
    .map((entry) => ({ entry, score: score(entry, wanted, roots) }))
    .filter(({ score: value }) => value > 0)
    .map(({ entry, score: value }) => ({ entry, score: value + (entry.m?.includes(town) ? 0.5 : 0) }))
    .sort((a, b) => b.score - a.score || late(a.entry).localeCompare(late(b.entry)))
    .map(({ entry }) => entry);
}

function late(entry) {
  return entry.d || "9999";
}

function score(entry, wanted, roots) {
  const needs = entry.n.filter((need) => wanted.has(need)).length;
  if (!roots.length) return needs ? 1 : 0;
  const title = entry.t.toLowerCase();
  const all = `${title} ${entry.o} ${entry.s}`.toLowerCase();
  const hits = roots.filter((root) => all.includes(root)).length;
  const inTitle = roots.filter((root) => title.includes(root)).length;
  return (needs ? 2 : 0) + (hits === roots.length ? 1 : 0) + inTitle;
}

// Endings are cut, so that an inflected word finds its base form.
function rootsOf(text) {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}-]+/u)
    .filter((word) => word.length >= SHORTEST)
    .map((word) => word.slice(0, Math.max(4, Math.ceil(word.length * 0.7))));
}

function needsOf(roots, data) {
  return Object.entries(data.needs)
    .filter(([, [name, words]]) => roots.some((root) => ` ${name.toLowerCase()} ${words}`.includes(` ${root}`)))
    .map(([code]) => code);
}

export function events(point, data) {
  const today = new Date();
  const last = new Date(today.getTime() + 6 * 86_400_000);
  const day = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
  return data.activities
    .filter((entry) => ["event", "first_information"].includes(entry.kind) && entry.d >= day(today) && entry.d <= day(last))
    .filter((entry) => entry.m?.includes(point.home))
    .sort((a, b) => a.d.localeCompare(b.d));
}
