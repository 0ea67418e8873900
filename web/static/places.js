// The places of a desk: one may be wide, F6 goes from one to the next, F1 shows the keys. The choice stays in this browser.
const KEPT = "ban-luyen:rong";
const desk = document.querySelector(".desk");
const group = document.querySelector("[data-places]");
const places = group.dataset.places.split(" ");

function widen(id) {
  const wide = places.includes(id) ? id : "";
  desk.dataset.wide = wide && String(places.indexOf(wide) + 1);
  for (const key of group.querySelectorAll("[data-widen]")) key.setAttribute("aria-pressed", String(key.dataset.widen === wide));
  try {
    localStorage.setItem(KEPT, wide);
  } catch {
    // a browser that keeps nothing begins even each time
  }
}

const isWide = (id) => desk.dataset.wide === String(places.indexOf(id) + 1);

function go(id) {
  const place = document.getElementById(id);
  document.querySelector(`.desk-tabs [aria-controls="${id}"]`)?.click();  // on a phone the place is behind its tab
  place.focus();
}

group.addEventListener("click", (event) => {
  const key = event.target.closest("[data-widen]");
  if (key) widen(isWide(key.dataset.widen) ? "" : key.dataset.widen);
});

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  const nth = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit([1-9])$/.exec(event.code);
  if (nth && places[nth[1] - 1]) {
    const id = places[nth[1] - 1];
    widen(isWide(id) ? "" : id);
    go(id);
  } else if (event.key === "F6") {
    const here = places.findIndex((id) => document.getElementById(id).contains(document.activeElement));
    go(places.at((here + (event.shiftKey ? -1 : 1) + (here < 0 && event.shiftKey ? 1 : 0)) % places.length));
  } else if (event.key === "F1") document.getElementById("phim-tat").showModal();
  else return;
  event.preventDefault();
});

let kept = "";
try {
  kept = localStorage.getItem(KEPT) || "";
} catch {
  // as above
}
widen(kept);
