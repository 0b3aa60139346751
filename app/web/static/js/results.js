// Results in place: the same addresses as without scripts, only what changed is put in.
(() => {
  "use strict";

  const CHANGING = [".results", ".top .display", ".top .languages", "svg.sprite"];
  const form = document.querySelector(".again form");
  const status = document.createElement("p");
  const CARD = 150; // pixels: hardly a card is lower
  let running = null;
  let ahead = null; // the answer to a link that is being pressed
  let shown = location.pathname + location.search;

  status.className = "hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  history.scrollRestoration = "manual"; // the page is there before its results when one steps back

  const results = () => document.querySelector(".results");
  const label = (node) => (node.querySelector(".name") || node).textContent.trim();
  const facet = (node) => node.closest("[data-facet]")?.dataset.facet || "";
  const remember = () => history.replaceState({ y: scrollY }, "");

  // A link of the old page found again in the new one: same words under the same heading.
  const again = (key) =>
    [...results().querySelectorAll("a")].find((node) => label(node) === key.text && facet(node) === key.facet);

  const follow = (page) => {
    const now = page.querySelector(".again form");
    for (const field of form.querySelectorAll("input[type=hidden]")) field.remove();
    form.prepend(...now.querySelectorAll("input[type=hidden]"));
    form.closest("details").open = page.querySelector(".again").open;
    for (const name of ["q", "missa"]) form.elements[name].value = now.elements[name].value;
  };

  // Cards that cannot be in sight are laid out in the next frame, so that the others are seen sooner.
  const stage = (page, top) => {
    const far = [...page.querySelectorAll(".hit")].slice(Math.ceil((top + innerHeight) / CARD));
    for (const hit of far) hit.classList.add("later");
    requestAnimationFrame(() => setTimeout(() => far.forEach((hit) => hit.classList.remove("later"))));
  };

  const put = (page, top) => {
    stage(page, top);
    const open = [...results().querySelectorAll("[data-facet][open]")].map((node) => node.dataset.facet);
    for (const place of CHANGING) {
      const [before, after] = [document.querySelector(place), page.querySelector(place)];
      if (before && after && !before.isEqualNode(after)) before.replaceWith(after);
    }
    for (const node of results().querySelectorAll("[data-facet]")) {
      if (open.includes(node.dataset.facet)) node.open = true;
    }
    follow(page);
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
  };

  const focus = (node) => {
    const heading = results().querySelector("h1");
    heading.tabIndex = -1;
    (node || heading).focus({ preventScroll: true });
    status.textContent = heading.textContent.replace(/\u00ad/g, "");
  };

  const ask = (address) => {
    const asking = new AbortController();
    return { address, asking, answer: fetch(address, { signal: asking.signal }) };
  };

  const load = async (address, top) => {
    running?.asking.abort();
    if (ahead?.address !== address) {
      ahead?.asking.abort();
      ahead = null;
    }
    running = ahead || ask(address);
    ahead = null;
    try {
      const answer = await running.answer;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.querySelector(".results") || !page.querySelector(".again form")) {
        location.assign(address);
        return false;
      }
      put(page, top);
      shown = address;
      return true;
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address); // the browser tells what is wrong
      return false;
    }
  };

  const go = async (address, key, top) => {
    const y = top ? 0 : scrollY;
    const loading = load(address, y);
    remember();
    if (!(await loading)) return;
    history.pushState({ y }, "", address);
    focus(key && again(key));
    scrollTo(0, y);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = [...new FormData(form)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(said).toString();
    document.activeElement.blur(); // the keyboard of a phone goes, and the results are seen
    go(new URL(form.action).pathname + (query && `?${query}`), null, true);
  });

  // The link of these results that an event presses, unless it shall open elsewhere.
  const pressed = (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return null;
    return link.origin === location.origin && link.pathname === location.pathname && !link.hash ? link : null;
  };

  const main = document.querySelector("main");

  // A mouse button takes a moment to come up again: by then the answer is there. A finger may only be scrolling.
  main.addEventListener("pointerdown", (event) => {
    const link = event.pointerType === "mouse" && pressed(event);
    if (!link) return;
    ahead?.asking.abort();
    ahead = ask(link.pathname + link.search);
    ahead.answer.catch(() => {}); // told when the click comes
  });

  main.addEventListener("click", (event) => {
    const link = pressed(event);
    if (!link) return;
    event.preventDefault();
    const stays = link.closest(".narrowing, .tabs");
    go(link.pathname + link.search, stays && { text: label(link), facet: facet(link) }, !stays);
  });

  addEventListener("popstate", async (event) => {
    const address = location.pathname + location.search;
    if (address === shown) return; // only the fragment changed
    const y = event.state?.y || 0;
    if (await load(address, y)) {
      focus(null);
      scrollTo(0, y);
    }
  });
  addEventListener("pagehide", remember);
  if (history.state?.y) scrollTo(0, history.state.y);
})();
