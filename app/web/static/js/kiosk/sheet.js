// Small makers of elements, and the drawing of a QR code from its kept modules.

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;
const FITS = 20; // signs of the longest piece of an address that fits under its code

export function make(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function code([size, bits]) {
  const bytes = Uint8Array.from(atob(bits), (sign) => sign.charCodeAt(0));
  const dark = (at) => (bytes[at >> 3] >> (7 - (at & 7))) & 1;
  let runs = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const start = x;
      while (x < size && dark(y * size + x)) x++;
      if (x > start) runs += `M${start + QUIET} ${y + QUIET}h${x - start}v1h-${x - start}z`;
    }
  }
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "qr");
  svg.setAttribute("viewBox", `0 0 ${size + 2 * QUIET} ${size + 2 * QUIET}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", runs);
  svg.append(path);
  return svg;
}

export function entry(activity, words) {
  const text = make(
    "div",
    { className: "entry-text" },
    make("h2", {}, activity.t),
    make("p", { className: "entry-from" }, from(activity, activity.x ? words.example : "")),
  );
  if (activity.s) text.append(make("p", { className: "entry-summary" }, activity.s));
  if (activity.ph) {
    const phone = make("p", { className: "entry-phone" }, make("span", {}, words.phone), ` ${activity.ph} `);
    if (activity.name) phone.append(make("small", {}, activity.name));
    text.append(phone);
  } else if (activity.mail) {
    text.append(make("p", { className: "entry-phone mail" }, make("span", {}, words.mail), ` ${activity.mail}`));
  }
  const facts = activity.f.map(([name, said]) => make("div", {}, make("dt", {}, name), make("dd", {}, ...whole(said))));
  text.append(make("dl", {}, ...facts));
  const drawing = make("span", { role: "img" }, code(activity.q));
  drawing.setAttribute("aria-label", words.code.replace("{link}", activity.l));
  const link = make(
    "figure",
    { className: "entry-link" },
    drawing,
    make("figcaption", {}, `${words.read}: `, ...steps(activity.l)),
  );
  return make("section", { className: "entry" }, text, link);
}

// Every second piece of a text stays on one line.
export function whole(pieces) {
  return pieces.map((piece, place) => (place % 2 ? make("span", { className: "whole" }, piece) : piece));
}

// An address ends its lines after its slashes only, as on pages of the server.
function steps(address) {
  const pieces = address.match(/[^/]+\/*|\/+/g) || [];
  return pieces.flatMap((piece) => [
    make("span", { className: piece.length <= FITS ? "whole" : "", textContent: piece }),
    make("wbr", {}),
  ]);
}

export function from(activity, mark = "") {
  return [activity.o, activity.k, mark].filter(Boolean).join("\u00a0· ");
}
