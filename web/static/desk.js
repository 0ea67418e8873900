// The desk: the prompt with its parts drawn under the text, citations that open their passage, ways to the spots.
import { Saver, copy, csrf, replaceById, toast } from "./keep.js";
import { hasMask, kept, notice, offer, remember, toggle } from "./masks.js";
import { follow } from "./stream.js";

const byId = (id) => document.getElementById(id);
const sheet = document.querySelector("[data-stream]");
if (sheet) follow(sheet);
const BLANK = /\[(?!cần|chưa)[^\]\n]*\]/;  // «[cần bổ sung]» is what the machine is to write
const OWN_TEXT = "0";  // the text of an exercise: one passage, though it may lie here as several documents, its blocks
const editor = byId("viet") && editing(byId("viet"));
numberMargins();
offer();
for (const moment of ["htmx:afterSettle", "replaced"]) {
  document.addEventListener(moment, () => {
    numberMargins();
    offer();
    countAll();
  });
}

document.addEventListener("click", (event) => {
  const pick = (selector) => event.target.closest(selector);
  let found;
  if ((found = pick("a.cite"))) openPassage(event, found);
  else if ((found = pick("[data-goto-start]"))) goTo(found.dataset);
  else if ((found = pick("[data-insert]"))) editor?.insert(found.dataset.insert);
  else if ((found = pick("[data-mask]"))) editor?.mask(found.dataset);
  else if ((found = pick("[data-mask-all]"))) editor?.maskAll();
  else if ((found = pick("[data-mask-run]"))) editor?.run(true);
  else if ((found = pick("[data-run-plain]"))) editor?.run(false);
  else if ((found = pick("[data-unmask]"))) toggle(found);
  else if ((found = pick("[data-copy]"))) copy(byId(found.dataset.copy), found);
});

// ── the prompt ──────────────────────────────────────────────────────────────
function editing(form) {
  const area = form.elements.prompt;
  const layer = form.querySelector(".prompt-layer");
  const lost = byId("mat-mang");
  const points = () => Array.from(area.value.normalize("NFC"));
  let drawn = Array.from(area.defaultValue.normalize("NFC"));
  let looked = area.defaultValue;
  let spans = JSON.parse(byId("soi").dataset.spans);
  let panel = "";

  const saver = new Saver({
    key: form.dataset.keep,
    delay: 500,
    read: () => area.value,
    send: look,
    offline(gone) {
      lost.hidden = !gone;
      if (gone) lost.firstElementChild.textContent = form.dataset.offline;
    },
  });

  async function look(text) {
    notice(text);
    const body = new URLSearchParams({ prompt: text, masks: Object.keys(kept()).join(" ") });
    const reply = await fetch(form.dataset.look, { method: "POST", body, headers: { "X-CSRFToken": csrf(), "HX-Request": "true" } });
    if (reply.status >= 500) throw new Error(reply.status);
    const html = await reply.text();
    byId("thong-bao").innerHTML = reply.ok ? "" : html;
    if (!reply.ok) return reply.status === 422 ? "" : "keep";  // 422: a secrecy mark, of which no copy may stay here either
    const found = new DOMParser().parseFromString(html, "text/html");
    const seen = found.getElementById("soi");
    byId("da-luu").textContent = seen.dataset.saved;
    if (area.value !== text) return;
    looked = text;
    byId("so-tieng").textContent = seen.dataset.count;
    byId("so-cau-lenh").textContent = seen.dataset.asked === "0" ? "" : `(${seen.dataset.asked})`;
    countAll();
    spans = JSON.parse(seen.dataset.spans);
    draw();
    replaceById(seen.outerHTML);
    const findings = found.getElementById("gop-y-cau-lenh").innerHTML;
    if (findings !== panel) byId("gop-y-cau-lenh").innerHTML = panel = findings;
    // The server keeps the text behind masks; the text itself stays here until the person has masked it.
    return masks().length ? "sent" : "";
  }

  const masks = () => [...document.querySelectorAll("#soi [data-mask]")];

  // The layer under the text carries the parts; both wrap alike, so the marks lie where the words are.
  function draw() {
    drawn = points();
    const pieces = [];
    let at = 0;
    for (const [start, end, number] of [...spans].sort((a, b) => a[0] - b[0])) {
      if (start < at || end > drawn.length) continue;
      pieces.push(drawn.slice(at, start).join(""));
      const part = document.createElement("span");
      part.className = "part";
      part.dataset.part = number;
      part.textContent = drawn.slice(start, end).join("");
      pieces.push(part);
      at = end;
    }
    layer.replaceChildren(...pieces, `${drawn.slice(at).join("")}\n`);
  }

  // Until the server has looked again, the marks move with the text.
  function shift() {
    const now = points();
    const shorter = Math.min(now.length, drawn.length);
    let head = 0;
    while (head < shorter && now[head] === drawn[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && now.at(-1 - tail) === drawn.at(-1 - tail)) tail += 1;
    const grown = now.length - drawn.length;
    const end = drawn.length - tail;
    spans = spans
      .map(([first, last, number]) => (last <= head ? [first, last, number] : first >= end ? [first + grown, last + grown, number] : [first, last + grown, number]))
      .filter(([first, last]) => last > first);
    draw();
  }

  function type(text, start, end) {
    byId("the-cau-lenh").click();
    area.focus();
    area.setSelectionRange(start, end);
    // insertText keeps the browser's own undo; where it is gone, the text still goes in
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // The last first, so that the places of the others stay true.
  function maskAll() {
    if (area.value !== looked) return;
    const seen = area.value;
    const all = masks().map(({ dataset }) => [dataset.mask, ...units(seen, dataset.start, dataset.end)]);
    for (const [mask, from, to] of all.sort((a, b) => b[1] - a[1])) {
      type(remember(mask, seen.slice(from, to), area.value), from, to);
    }
  }

  // True once the rules have looked at the text as it stands; until then nothing can be typed.
  async function lookedAt() {
    area.readOnly = true;
    if (area.value !== looked) saver.changed();
    await saver.flush();
    area.readOnly = false;
    return area.value === looked;
  }

  // What was typed last may be personal data: the rules look before anything is sent to be run.
  let asking = false;
  async function run() {
    if (asking) return;
    asking = true;
    if (await lookedAt()) {
      if (masks().length && !form.elements.as_it_is.value) byId("con-ca-nhan").showModal();
      else {
        saver.stop();  // the run saves the prompt itself; the copy here stays until the next page has it
        byId("chay").disabled = true;
        form.submit();
      }
    }
    asking = false;
  }

  area.addEventListener("input", () => {
    form.elements.as_it_is.value = "";
    shift();
    saver.changed();
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !byId("chay").disabled) form.requestSubmit(byId("chay"));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    byId("chay").disabled = false;
    form.elements.as_it_is.value = "";
  });

  const left = saver.left();
  if (area.value !== area.defaultValue) {  // typed before this script was there
    notice(area.defaultValue);
    shift();
    saver.changed();
  } else if (typeof left === "string" && left !== area.value && left.trim()) {
    form.dataset.was = area.value;
    area.value = left;
    spans = [];
    saver.again();
    toast(hasMask(area.value) || hasMask(form.dataset.was) ? form.dataset.behind : form.dataset.returned);
  } else {
    saver.forget();
    notice(area.value);
  }
  draw();
  layer.parentElement.classList.add("live");

  return {
    // A sentence goes in once; what is still to be written in its place is selected.
    insert(sentence) {
      const before = area.value;
      if (!before.includes(sentence)) type((/\S$/.test(before) ? " " : "") + sentence, before.length, before.length);
      const start = area.value.lastIndexOf(sentence);
      const blank = BLANK.exec(sentence);
      const from = blank ? blank.index : before === area.value ? 0 : sentence.length;
      byId("the-cau-lenh").click();
      area.focus();
      area.setSelectionRange(start + from, start + (blank ? from + blank[0].length : sentence.length));
    },
    mask({ mask, start, end }) {
      if (area.value !== looked) return;
      const [from, to] = units(area.value, start, end);
      type(remember(mask, area.value.slice(from, to), area.value), from, to);
    },
    maskAll,
    // From the dialog that opens before personal data would be run.
    run(behindMasks) {
      byId("con-ca-nhan").close();
      if (behindMasks) maskAll();
      else form.elements.as_it_is.value = "1";
      run();
    },
    select(start, end) {
      if (area.value !== looked) return;
      area.focus();
      area.setSelectionRange(...units(area.value, start, end));
    },
  };
}

// What cannot be taken back is asked first, by the dialog that the form names.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.asks && byId(event.target.dataset.asks);
  if (!question || event.submitter?.closest("dialog")) return;
  event.preventDefault();
  question.showModal();
});

// Offsets from the server count code points; a textarea counts UTF-16 units.
function units(text, ...offsets) {
  const all = Array.from(text);
  return offsets.map((offset) => all.slice(0, Number(offset)).join("").length);
}

// On a phone the findings lie behind one tab: it carries those on the answer and on the prompt together.
function countAll() {
  const total = byId("so-gop-y");
  if (!total) return;
  const all = ["so-ket-qua", "so-cau-lenh"].reduce((sum, id) => sum + Number(byId(id).textContent.replace(/\D/g, "")), 0);
  total.textContent = all ? `(${all})` : "";
}

// ── ways to a spot ──────────────────────────────────────────────────────────
function goTo({ gotoStart: start, gotoEnd: end, gotoOf: of }) {
  byId("the-cau-lenh")?.click();
  if (of === "prompt") return editor?.select(start, end);
  const spot = document.querySelector(`.answer [data-marks~="${start}-${end}"]`);
  if (!spot) return;
  for (const other of document.querySelectorAll(".at-spot")) other.classList.remove("at-spot");
  spot.classList.add("at-spot");
  reach(spot);
}

// Where the columns scroll on their own, only the column moves; else the page does.
function reach(place) {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const column = place.closest(".desk-column");
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  if (getComputedStyle(column).overflowY !== "auto") return place.scrollIntoView({ block: "center", behavior });
  const below = place.getBoundingClientRect().top - column.getBoundingClientRect().top;
  column.scrollTo({ top: column.scrollTop + below - column.clientHeight / 4, behavior });
}

// A citation opens its passage in the document beside it; a document that is not on the desk opens on its own page.
function openPassage(event, link) {
  const source = link.dataset.document ? link : document.querySelector(`.sources [data-number="${link.dataset.passage}"]`);
  const paper = source && document.querySelector(`article.paper[data-document="${source.dataset.document}"]`);
  if (!paper) return;
  event.preventDefault();
  byId("the-tai-lieu")?.click();
  byId(`the-van-ban-${source.dataset.document}`)?.click();
  for (const old of document.querySelectorAll("article.paper .shown")) old.classList.remove("shown");
  for (const old of document.querySelectorAll(".cite[aria-current]")) old.removeAttribute("aria-current");
  const all = blocksOf(source);
  const blocks = source.dataset.document === OWN_TEXT ? [documentThatSays(all, link)] : all;
  for (const block of blocks) block.classList.add("passage", "shown");
  link.setAttribute("aria-current", "true");
  if (!blocks.length) return;
  reach(blocks[0]);
  blocks[0].addEventListener("keydown", (key) => key.key === "Escape" && (byId("the-cau-lenh")?.click(), link.focus()), { once: true });
}

function blocksOf({ dataset: { document: id, first, last } }) {
  if (id === OWN_TEXT) return [...document.querySelectorAll(`[id^="v${OWN_TEXT}-b"]`)];
  const found = [];
  for (let n = Number(first); n <= Number(last); n += 1) found.push(byId(`v${id}-b${n}`));
  return found.filter(Boolean);
}

// The document with most of the words of the sentence, finding or detail that the link stands in; a word that fewer
// documents have counts for more.
function documentThatSays(blocks, link) {
  const words = (text) => new Set(text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+(?:[.,/:-]\p{N}+)*/gu));
  const said = [...words(link.dataset.says ?? link.closest(".finding, li")?.textContent ?? "")];
  const held = blocks.map((block) => words(block.textContent));
  const rarity = (word) => 1 / held.filter((one) => one.has(word)).length;
  const scores = held.map((own) => said.filter((word) => own.has(word)).reduce((sum, word) => sum + rarity(word), 0));
  return blocks[scores.indexOf(Math.max(...scores))];
}

// An answer that was written on this page brings its passages' numbers into the margin of the documents.
function numberMargins() {
  for (const source of document.querySelectorAll(".sources [data-number]")) {
    const blocks = blocksOf(source);
    for (const block of source.dataset.document === OWN_TEXT ? blocks : blocks.slice(0, 1)) {
      if (block.querySelector(".passage-number") || block.matches("tr")) continue;
      const number = document.createElement("span");
      number.className = "passage-number";
      if (block === blocks[0]) number.id = `doan-${source.dataset.number}`;
      number.textContent = source.dataset.number;
      block.classList.add("passage");
      block.prepend(number);
    }
  }
}
