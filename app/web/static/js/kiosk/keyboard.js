// A keyboard on the screen, beside the device's own: in the order that people know from their telephones where
// eleven large keys fit side by side, in that of the alphabet on narrower screens.

const TELEPHONE = "qwertyuiopåasdfghjklöäzxcvbnm-";
const ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö-";
const ACROSS = 11;
const KEY = 96;
const GAP = 16;

export function keyboard(form) {
  const place = form?.querySelector(".k-keys");
  if (!place) return;
  const input = form.querySelector("input[type=text]");
  const make = (text, act, name) => {
    const key = document.createElement("button");
    key.type = "button";
    key.textContent = text;
    if (name) key.className = name;
    key.addEventListener("click", () => {
      act();
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return key;
  };
  const put = (text) => {
    if (input.value.length < input.maxLength) input.value += text;
  };
  const wide = form.clientWidth >= ACROSS * KEY + (ACROSS - 1) * GAP;
  place.classList.toggle("k-telephone", wide);
  const keys = [...(wide ? TELEPHONE : ALPHABET)].map((letter) => make(letter, () => put(letter)));
  keys.push(
    make(place.dataset.erase, () => (input.value = [...input.value].slice(0, -1).join("")), "k-erase"),
    make(place.dataset.space, () => put(" "), "k-space"),
    make(place.dataset.clear, () => (input.value = ""), "k-clear"),
  );
  place.replaceChildren(...keys);
  place.hidden = false;
  input.inputMode = "none";
}
