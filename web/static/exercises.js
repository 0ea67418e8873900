// The editor of exercises: a line of the panel goes into the file at the cursor, a problem leads to its line and its check.

const area = document.getElementById("text");
const guide = document.getElementById("cac-loai-kiem-tra");
const search = document.getElementById("tim-kiem-tra");
const told = document.getElementById("so-kiem-tra");
let inserts = null;  // where the cursor was last; nowhere before the file was touched

area.addEventListener("blur", () => (inserts = area.selectionEnd));

document.addEventListener("click", (event) => {
  const pick = (selector) => event.target.closest(selector);
  let found;
  if ((found = pick("[data-inserts]"))) insert(found.dataset.inserts);
  else if ((found = pick("[data-line]"))) show(event, Number(found.dataset.line));
  else if ((found = pick("[data-shows]"))) open(event, found.hash.slice(1));
});

search.addEventListener("input", () => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const wanted = plain(search.value.trim());
  let count = 0;
  for (const group of guide.querySelectorAll("section")) {
    const types = [...group.querySelectorAll(".check-type")];
    for (const type of types) type.hidden = !plain(type.textContent).includes(wanted);
    const shown = types.filter((type) => !type.hidden).length;
    group.hidden = !shown;
    count += shown;
  }
  told.textContent = count ? told.dataset.found.replace("{n}", count) : told.dataset.none;
});

// Below the line of the cursor, indented as the checks around it; before the file was touched, below its last check.
function insert(line) {
  const text = area.value;
  const checks = /^( *)- +\{? *type:.*$/gm;
  let at = inserts;
  let indent = "";
  for (const check of text.matchAll(checks)) {
    if (indent && inserts !== null && check.index > inserts) break;
    indent = check[1];
    if (inserts === null) at = check.index;
  }
  at = at ?? text.length;
  const end = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
  const start = text.lastIndexOf("\n", end - 1) + 1;
  const blank = text.slice(start, end).trim() === "";
  const piece = (indent || "      ") + line;
  area.focus();
  area.setSelectionRange(blank ? start : end, end);
  // insertText keeps the browser's own undo; where it is gone, the text still goes in
  const whole = blank ? piece : `\n${piece}`;
  if (!document.execCommand("insertText", false, whole)) {
    area.setRangeText(whole, area.selectionStart, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  scrollTo(area.value.slice(0, area.selectionEnd).split("\n").length);
}

function show(event, line) {
  event.preventDefault();
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  scrollTo(line);
}

function scrollTo(line) {
  const tall = parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 6) * tall);
  area.scrollIntoView({ block: "nearest" });
}

function open(event, id) {
  event.preventDefault();
  search.value = "";
  search.dispatchEvent(new Event("input"));
  const target = document.getElementById(id);
  const summary = target.querySelector(":scope > summary");
  if (summary) target.open = true;
  target.scrollIntoView({ block: "nearest" });
  (summary ?? target).focus();
}
