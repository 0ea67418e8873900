// What was masked in a prompt stays in this browser alone: the server, its database, its log and the model see the mask.
// It is put back into what the person reads or takes home when the person asks.
const MASK = /\[[A-Z_]+_\d+\]/g;
const place = document.querySelector("[data-masks]");
const shelf = place?.dataset.masks;
let open = false;

// Keeps the words behind a mask and gives the mask to put in their place: the one that hides them here already, else the
// one proposed, or the next free number where that hides other words or stands in the text.
export function remember(mask, words, text) {
  if (!shelf || !words) return mask;
  const masks = kept();
  const [kind, number] = mask.slice(1, -1).split(/_(?=\d+$)/);
  const own = Object.keys(masks).find((one) => one.startsWith(`[${kind}_`) && bare(masks[one]) === bare(words));
  if (own) return own;
  let given = mask;
  for (let n = Number(number); given in masks || text.includes(given); given = `[${kind}_${n}]`) n += 1;
  store({ ...masks, [given]: words });
  return given;
}

// A mask whose words are not here was given on another machine: it is kept without words, and hides nothing else here.
export function notice(text) {
  const masks = kept();
  const strange = (text.match(MASK) || []).filter((mask) => !(mask in masks));
  if (shelf && strange.length) store({ ...masks, ...Object.fromEntries(strange.map((mask) => [mask, ""])) });
}

const bare = (words) => words.replace(/[\s.()-]/g, "").toLowerCase();

export function kept() {
  try {
    return JSON.parse(localStorage.getItem(shelf)) || {};
  } catch {
    return {};
  }
}

// The masks of a text whose words are known here.
export const known = (text) => Object.fromEntries((text.match(MASK) || []).filter((mask) => kept()[mask]).map((mask) => [mask, kept()[mask]]));

export const hasMask = (text) => text.search(MASK) >= 0;

function store(masks) {
  try {
    localStorage.setItem(shelf, JSON.stringify(masks));
  } catch {
    // a browser that keeps nothing leaves the masks where they are
  }
}

// The button appears when the answer holds a mask whose words are known here. What was shown stays so when the answer is
// drawn anew, as it is when its feedback comes.
export function offer() {
  const button = document.querySelector("[data-unmask]");
  const answer = document.querySelector(".machine-text .answer");
  if (!button || !answer) return;
  button.hidden = !Object.keys(known(answer.textContent)).length && !answer.querySelector(".unmasked");
  if (open && !button.hidden && !answer.querySelector(".unmasked")) toggle(button);
}

export function toggle(button) {
  const answer = document.querySelector(".machine-text .answer");
  const copy = document.getElementById("ban-chep");
  const shown = [...answer.querySelectorAll(".unmasked")];
  const words = kept();
  if (shown.length) {
    for (const one of shown) one.replaceWith(one.dataset.was);
    answer.normalize();
    copy.value = copy.dataset.masked;
  } else {
    const walker = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) fill(text, words);
    copy.dataset.masked = copy.value;
    copy.value = copy.value.replace(MASK, (mask) => words[mask] || mask);
  }
  open = !shown.length;
  button.textContent = button.dataset[shown.length ? "show" : "hide"];
  button.setAttribute("aria-pressed", String(!shown.length));
}

function fill(text, words) {
  const pieces = [];
  let at = 0;
  for (const match of text.data.matchAll(MASK)) {
    if (!words[match[0]]) continue;
    const real = document.createElement("mark");
    real.className = "unmasked";
    real.dataset.was = match[0];
    real.textContent = words[match[0]];
    pieces.push(text.data.slice(at, match.index), real);
    at = match.index + match[0].length;
  }
  if (pieces.length) text.replaceWith(...pieces, text.data.slice(at));
}
