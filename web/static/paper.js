// The bench: the parts of a draft are edited on the sheet, saved as they change, and verified beside it.
import { Saver, csrf, renew, toast } from "./keep.js";
import { known } from "./masks.js";

const byId = (id) => document.getElementById(id);
const sheet = byId("giay");
const fields = [...sheet.querySelectorAll("[data-field]")];
const clash = byId("trung");
const kept = JSON.parse(sheet.dataset.kept); // parts that the page does not show
let version = Number(sheet.dataset.version);

// ── editing: text in, never markup ──────────────────────────────────────────
const EDITED = "[data-field], [data-of-appendix]";
const isBody = (field) => (field.dataset.field ?? field.dataset.ofAppendix) === "body";
const appendices = () => [...sheet.querySelectorAll("[data-appendix]")];

function edit(field) {
  // The body keeps its paragraphs, which "plaintext-only" would run together.
  try {
    field.contentEditable = isBody(field) ? "true" : "plaintext-only";
  } catch {
    field.contentEditable = "true";
  }
  field.spellcheck = false;
}
sheet.querySelectorAll(EDITED).forEach(edit);
document.execCommand("defaultParagraphSeparator", false, "p");

sheet.addEventListener("beforeinput", (event) => {
  if (event.inputType.startsWith("format")) event.preventDefault();
});
sheet.addEventListener("paste", (event) => {
  event.preventDefault();
  const field = event.target.closest?.(EDITED) ?? event.target.parentElement?.closest(EDITED);
  const copied = new DOMParser().parseFromString(event.clipboardData.getData("text/html"), "text/html");
  if (field && isBody(field) && copied.querySelector("table") && !event.target.closest?.("table")) {
    insert(field, pieces(copied.body).map(block));
  } else {
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain").replace(BULLETS, "- "));
  }
});

// Word's bullets: a dot, a square, or the letter of a symbol font before a wide gap.
const BULLETS = /^[ \t\u00a0]*(?:[·•▪§]|o(?=\t|[ \u00a0]{2}))[ \t\u00a0]+/gm;
const BLOCKS = "p, li, div, h1, h2, h3, h4, h5, h6, table";

// Blocks where the caret is. A browser's own way sets styles of its own, which the page lets nobody do.
function insert(field, blocks) {
  const before = [...field.childNodes].map((node) => node.cloneNode(true));
  const selection = getSelection();
  selection.deleteFromDocument();
  let here = selection.anchorNode;
  while (here !== field && here.parentNode !== field) here = here.parentNode;
  if (here === field) {
    const next = field.childNodes[selection.anchorOffset] ?? null;
    blocks.forEach((one) => field.insertBefore(one, next));
  } else {
    const rest = document.createRange();
    rest.setStart(selection.anchorNode, selection.anchorOffset);
    rest.setEndAfter(here);
    const behind = rest.extractContents();
    here.after(...blocks, ...(behind.textContent.trim() ? [behind] : []));
    if (!plain(here)) here.remove();
  }
  selection.collapse(blocks.at(-1), blocks.at(-1).childNodes.length);
  const changed = () => field.dispatchEvent(new Event("input", { bubbles: true }));
  changed();
  toast(sheet.dataset.pasted, () => {
    field.replaceChildren(...before);
    changed();
  }, sheet.dataset.undo);
}

// What was copied, as a body holds it: paragraphs as text and tables as rows of cells.
function pieces(root) {
  const items = [];
  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const take = (node) => {
    if (node.nodeType === Node.COMMENT_NODE) return;
    if (node.nodeName === "TABLE") items.push({ table: [...node.rows].map((row) => [...row.cells].flatMap((cell) => [words(cell), ...Array(cell.colSpan - 1).fill("")])) });
    else if (node.querySelector?.(BLOCKS)) node.childNodes.forEach(take);
    else if (words(node)) items.push((node.nodeName === "LI" ? `- ${words(node)}` : words(node)).replace(BULLETS, "- "));
  };
  root.querySelectorAll("script, style").forEach((one) => one.remove());
  take(root);
  return items;
}

sheet.addEventListener("drop", (event) => event.preventDefault());
sheet.addEventListener("keydown", (event) => {
  const field = event.target.closest(EDITED);
  const single = field && !isBody(field) && !("lines" in field.dataset);
  if (event.key === "Enter" && single) {
    event.preventDefault();
    const all = [...sheet.querySelectorAll(EDITED)];
    all[(all.indexOf(field) + 1) % all.length].focus();
  }
});
document.addEventListener("keydown", async (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (await saver.flush()) toast(sheet.dataset.saved);
});

const plain = (node) => (node.innerText ?? node.textContent).replace(/\u00a0/g, " ").trim();
const lines = (node) => plain(node).split("\n").map((line) => line.trim()).filter(Boolean);

function bodyOf(field) {
  const items = [];
  const take = (node) => {
    if (node.nodeName === "TABLE") items.push({ table: [...node.rows].map((row) => [...row.cells].map(plain)) });
    else if (node.querySelector?.("table")) node.childNodes.forEach(take);
    else items.push(...lines(node));
  };
  field.childNodes.forEach(take);
  return items;
}

function read() {
  const draft = { kind: sheet.dataset.kind, ...kept };
  for (const field of fields) {
    const name = field.dataset.field;
    if (name === "body") draft.body = bodyOf(field);
    else if ("lines" in field.dataset) draft[name] = lines(field).map((line) => line.replace(/^[-–]\s*/, "").replace(/\s*[;.]+$/, ""));
    else draft[name] = plain(field).replace(/\s*\n\s*/g, " ");
  }
  draft.appendices = appendices().map((one) => {
    const [title, body] = one.querySelectorAll("[data-of-appendix]");
    return { title: plain(title).replace(/\s*\n\s*/g, " "), body: bodyOf(body) };
  });
  return draft;
}

// Puts a copy from an earlier visit back onto the sheet; parts that say the same stay as the page set them.
function write(draft) {
  const here = read();
  for (const field of fields) {
    const name = field.dataset.field;
    if (draft[name] === undefined || JSON.stringify(draft[name]) === JSON.stringify(here[name])) continue;
    if (name === "body") field.replaceChildren(...draft.body.map(block));
    else field.textContent = shown(name, draft[name]);
  }
  appendices().forEach((one) => one.remove());
  for (const one of draft.appendices ?? []) addAppendix(one);
}

// A part as the page sets it: recipients with dash and end mark, several addressees too, room before a number to come.
function shown(name, value) {
  if (name === "sign" && value.startsWith("/")) return "\u00a0".repeat(8) + value;
  if (!Array.isArray(value)) return value;
  const listed = name === "recipients" || (name === "addressees" && value.length > 1);
  return value.map((line, n) => (listed ? `- ${line}${n + 1 < value.length ? ";" : "."}` : line)).join("\n");
}

// Numbers in Roman figures, as soon as there are two (Phụ lục I, phần I, mục III, khoản 1).
function number() {
  const all = appendices();
  all.forEach((one, n) => (one.querySelector(".appendix-number b").textContent = all.length > 1 ? `Phụ lục ${roman(n + 1)}` : "Phụ lục"));
}

const roman = (n) => [[10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]].reduce((all, [value, figure]) => {
  all += figure.repeat(Math.floor(n / value));
  n %= value;
  return all;
}, "");

function addAppendix({ title, body } = { title: "", body: [] }) {
  const fresh = byId("to-phu-luc").content.firstElementChild.cloneNode(true);
  const [name, content] = fresh.querySelectorAll("[data-of-appendix]");
  name.textContent = title;
  content.replaceChildren(...body.map(block));
  [name, content].forEach(edit);
  byId("them-phu-luc").parentElement.before(fresh);
  number();
  return name;
}

byId("them-phu-luc").addEventListener("click", () => {
  addAppendix().focus();
  saver.changed();
});
sheet.addEventListener("click", (event) => {
  const drop = event.target.closest("[data-drop-appendix]");
  if (!drop) return;
  const one = drop.closest("[data-appendix]");
  const next = one.nextElementSibling;
  one.remove();
  number();
  saver.changed();
  checker.soon();
  toast(sheet.dataset.dropped, () => {
    next.before(one);
    number();
    saver.changed();
    checker.soon();
  }, sheet.dataset.undo);
});

function block(item) {
  if (typeof item === "string") {
    const paragraph = document.createElement("p");
    paragraph.textContent = item;
    return paragraph;
  }
  const table = document.createElement("table");
  table.className = "body-table";
  for (const row of item.table) {
    const line = table.insertRow();
    for (const cell of row) line.insertCell().textContent = cell;
  }
  return table;
}

// ── saving ──────────────────────────────────────────────────────────────────
const KEEP = sheet.dataset.keep;
const KEPT_ALIVE = 20_000; // characters: a browser lets 64 KiB go on when the page goes

// Texts that this tab sent and never heard of again, the first and the last: the server may have one of them by now, and
// that is no other window's then.
const unheard = {
  all() {
    try {
      return JSON.parse(sessionStorage.getItem(KEEP)) ?? [];
    } catch {
      return [];
    }
  },
  keep(texts) {
    try {
      if (texts.length) sessionStorage.setItem(KEEP, JSON.stringify(texts));
      else sessionStorage.removeItem(KEEP);
    } catch {
      // a browser that keeps nothing asks about a window too many
    }
  },
};

const saver = new Saver({
  key: KEEP,
  delay: 800,
  read,
  async send(draft) {
    if (!clash.hidden) return "keep";
    const earlier = unheard.all();
    const body = JSON.stringify({ version, draft, unheard: earlier });
    unheard.keep([...earlier.slice(0, 1), draft]);
    const reply = await fetch(sheet.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf() },
      body,
      keepalive: body.length < KEPT_ALIVE,
    });
    if (reply.status >= 500) throw new Error(reply.status);
    unheard.keep(reply.ok ? [] : earlier);
    if (reply.ok) checker.keep(draft);
    return settle(reply);
  },
  offline: (gone) => (byId("mat-mang").hidden = !gone),
});

// ── the form, while one types ───────────────────────────────────────────────
// Only the parts that differ from what is saved go out, after a short rest; an answer that comes too late is dropped.
const checker = {
  rest: 350,
  timer: 0,
  asking: null,
  saved: {},
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), this.rest);
  },
  async ask() {
    this.stop();
    const changed = Object.fromEntries(Object.entries(read()).filter(([name, value]) => JSON.stringify(value) !== this.saved[name]));
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const reply = await fetch(sheet.dataset.form, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
        body: JSON.stringify(changed),
        signal,
      });
      const html = await reply.text();
      if (!reply.ok || signal.aborted) return;
      renew(html);
      underline();
    } catch {
      // no connection, or something newer is being asked; saving tells the person
    }
  },
  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  },
  keep(draft) {
    this.saved = Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, JSON.stringify(value)]));
  },
};

sheet.addEventListener("input", (event) => {
  if (!isBody(event.target) && !plain(event.target)) event.target.replaceChildren(); // a browser leaves a blank line
  if (isBody(event.target) && event.target.firstChild?.nodeType === Node.TEXT_NODE) document.execCommand("formatBlock", false, "p");
  saver.changed();
  checker.soon();
});
sheet.addEventListener("focusout", () => saver.flush());

async function settle(reply) {
  const told = await reply.json();
  const notice = byId("thong-bao");
  notice.replaceChildren();
  if (reply.status === 409) {
    clash.hidden = false;
    clash.scrollIntoView({ block: "center" });
    return "keep";
  }
  if (!reply.ok) {
    const banner = document.createElement("div");
    banner.className = "banner bad";
    banner.append(Object.assign(document.createElement("p"), { textContent: told.sentence }));
    notice.replaceChildren(banner);
    return reply.status === 422 ? "" : "keep";
  }
  version = told.version;
  byId("da-luu").textContent = told.saved;
  for (const note of sheet.querySelectorAll(".appendix-note")) note.textContent = told.attached;
  const focused = document.activeElement?.id;
  const open = document.querySelector("dialog[open]");
  if (!saver.dirty) checker.stop();
  if (!open) renew(told.beside);
  if (focused && document.activeElement?.id !== focused) byId(focused)?.focus();
  underline();
  return "";
}

// Two windows: nothing is overwritten until the person says which text is to stay.
byId("giu").addEventListener("click", async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  version = Number(page.getElementById("giay").dataset.version);
  clash.hidden = true;
  saver.changed();
  saver.flush();
});
byId("bo").addEventListener("click", () => {
  saver.stop();
  saver.forget();
  location.reload();
});

// ── verifying ───────────────────────────────────────────────────────────────
document.addEventListener("change", (event) => event.target.dataset.tick && tick(event.target));

async function tick(box) {
  const body = new URLSearchParams({ key: box.dataset.tick, on: box.checked ? "1" : "0" });
  try {
    const reply = await saver.between(() =>
      fetch(sheet.dataset.ticks, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": csrf() } }),
    );
    if (!reply.ok) box.checked = !box.checked;
    await settle(reply);
  } catch {
    box.checked = !box.checked;
    byId("mat-mang").hidden = false;
  }
}

// What is still to verify and what breaks a rule is marked over the text, not in it: the caret never jumps.
const FIELDS_OF = {
  place_date: ["place", "dated"], about: ["subject"], title: ["subject"], addressed: ["addressees"], addressee: ["addressees"], table: ["body"],
  recipient: ["recipients"], secretary_title: ["secretary"],
};
const fieldsOf = (part) => (part.startsWith("appendix") ? appendices() : (FIELDS_OF[part] ?? [part]).map((name) => sheet.querySelector(`[data-field="${name}"]`)).filter(Boolean));

function* textOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) yield walker.currentNode;
}

function* rangesOf(root, words) {
  for (const node of textOf(root)) {
    const data = node.data.replace(/\u00a0/g, " ");
    for (const text of words) {
      for (let at = text ? data.indexOf(text) : -1; at >= 0; at = data.indexOf(text, at + text.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + text.length);
        yield range;
      }
    }
  }
}

// Where a finding stands: its words, or the whole part when they run over several fields.
function placeOf(told) {
  const fields = fieldsOf(told.dataset.part);
  const found = fields.flatMap((field) => [...rangesOf(field, JSON.parse(told.dataset.words))]);
  if (found.length || !JSON.parse(told.dataset.words).length) return found;
  return fields.filter((field) => !isBody(field) && plain(field)).map((field) => {
    const range = new Range();
    range.selectNodeContents(field);
    return range;
  });
}

function underline() {
  if (!window.Highlight) return;
  const wanted = [...document.querySelectorAll("#chi-tiet [data-text]")].map((mark) => mark.dataset.text);
  CSS.highlights.set("unverified", new Highlight(...rangesOf(sheet, wanted)));
  for (const level of ["essential", "actionable"]) {
    const told = document.querySelectorAll(`.told[data-level="${level}"][data-part]`);
    CSS.highlights.set(level, new Highlight(...[...told].filter((one) => one.dataset.part).flatMap(placeOf)));
  }
}

document.addEventListener("click", (event) => {
  const told = event.target.closest("[data-to-part]")?.closest(".told");
  if (!told) return;
  const field = fieldsOf(told.dataset.part)[0];
  if (!field) return;
  const [range] = placeOf(told);
  (field.matches(EDITED) ? field : field.querySelector(EDITED)).focus({ preventScroll: true });
  (range?.startContainer.parentElement ?? field).scrollIntoView({ block: "center" });
  if (range) getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
});

// ── taking it home ──────────────────────────────────────────────────────────
// What was masked for the machine goes into the file from this browser; the server keeps the masks.
const real = byId("tai-that");
const offerReal = () => (document.querySelector("[form=tai-that]").hidden = !Object.keys(known(sheet.innerText)).length);
sheet.addEventListener("input", offerReal);
offerReal();
real.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!(await saver.flush())) return;
  real.elements.masks.value = JSON.stringify(known(sheet.innerText));
  if (byId("chi-tiet").dataset.open === "0") real.submit();
  else byId("xuat").showModal();
});
byId("tai").addEventListener("click", async (event) => {
  event.preventDefault();
  if (!(await saver.flush())) return;
  if (byId("chi-tiet").dataset.open === "0") location.href = event.target.href;
  else byId("xuat").showModal();
});
// Another kind has other parts, so the page is laid out anew, from what is saved.
byId("loai").addEventListener("change", async (event) => {
  sheet.dataset.kind = event.target.value;
  for (const field of sheet.querySelectorAll("[data-printed]")) if (plain(field) === field.dataset.printed) field.replaceChildren();
  saver.changed();
  if (await saver.flush()) location.reload();
});
byId("soi").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await saver.flush()) event.target.submit();
});
byId("nop")?.addEventListener("submit", async (event) => {
  if (event.submitter?.closest("dialog")) return; // asked already
  event.preventDefault();
  if (!(await saver.flush())) return;
  byId(byId("chi-tiet").dataset.open === "0" ? "nop-hoi" : "xuat").showModal();
});

number();
checker.keep(read());
const left = saver.left();
if (left && JSON.stringify(left) !== JSON.stringify(read())) {
  write(left);
  saver.changed();
  checker.soon();
  toast(sheet.dataset.returned);
} else {
  saver.forget();
  unheard.keep([]);
}
underline();
tickedEarly();

// Ticks made before this script was there. One after the other: each answer brings the list anew.
async function tickedEarly() {
  const early = [...document.querySelectorAll("[data-tick]")].filter((box) => box.checked !== box.defaultChecked);
  for (const box of early) await tick(box);
}
