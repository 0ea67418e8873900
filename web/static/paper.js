// The bench: the parts of a draft are edited on the sheet, saved as they change, and verified beside it.
import { Saver, csrf, replaceById, toast } from "./keep.js";

const byId = (id) => document.getElementById(id);
const sheet = byId("giay");
const fields = [...sheet.querySelectorAll("[data-field]")];
const clash = byId("trung");
let version = Number(sheet.dataset.version);

// ── editing: text in, never markup ──────────────────────────────────────────
for (const field of fields) {
  const body = field.dataset.field === "body";
  // The body keeps its paragraphs, which "plaintext-only" would run together.
  try {
    field.contentEditable = body ? "true" : "plaintext-only";
  } catch {
    field.contentEditable = "true";
  }
  field.spellcheck = false;
}
document.execCommand("defaultParagraphSeparator", false, "p");

sheet.addEventListener("beforeinput", (event) => {
  if (event.inputType.startsWith("format")) event.preventDefault();
});
sheet.addEventListener("paste", (event) => {
  event.preventDefault();
  document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
});
sheet.addEventListener("drop", (event) => event.preventDefault());
sheet.addEventListener("keydown", (event) => {
  const field = event.target.closest("[data-field]");
  const single = field && field.dataset.field !== "body" && !("lines" in field.dataset);
  if (event.key === "Enter" && single) {
    event.preventDefault();
    fields[(fields.indexOf(field) + 1) % fields.length].focus();
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
  for (const node of field.childNodes) {
    const table = node.nodeName === "TABLE" ? node : node.querySelector?.("table");
    if (table) items.push({ table: [...table.rows].map((row) => [...row.cells].map(plain)) });
    else items.push(...lines(node));
  }
  return items;
}

function read() {
  const draft = { kind: sheet.dataset.kind };
  for (const field of fields) {
    const name = field.dataset.field;
    if (name === "body") draft.body = bodyOf(field);
    else if ("lines" in field.dataset) draft[name] = lines(field).map((line) => line.replace(/^[-–]\s*/, "").replace(/\s*[;.]+$/, ""));
    else draft[name] = plain(field).replace(/\s*\n\s*/g, " ");
  }
  return draft;
}

// Puts a copy from an earlier visit back onto the sheet.
function write(draft) {
  for (const field of fields) {
    const value = draft[field.dataset.field];
    if (value === undefined) continue;
    if (field.dataset.field === "body") field.replaceChildren(...value.map(block));
    else field.textContent = Array.isArray(value) ? value.join("\n") : value;
  }
}

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
const saver = new Saver({
  key: sheet.dataset.keep,
  delay: 800,
  read,
  async send(draft) {
    if (!clash.hidden) return "keep";
    const reply = await fetch(sheet.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf() },
      body: JSON.stringify({ version, draft }),
    });
    if (reply.status >= 500) throw new Error(reply.status);
    return settle(reply);
  },
  offline: (gone) => (byId("mat-mang").hidden = !gone),
});

sheet.addEventListener("input", () => saver.changed());
sheet.addEventListener("focusout", () => saver.flush());

async function settle(reply) {
  const told = await reply.json();
  const notice = byId("thong-bao");
  notice.replaceChildren();
  if (reply.status === 409) {
    clash.hidden = false;
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
  const focused = document.activeElement?.id;
  const open = byId("xuat").open;
  if (!open) replaceById(told.beside);
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
document.addEventListener("change", async (event) => {
  const { tick } = event.target.dataset;
  if (!tick) return;
  const box = event.target;
  const body = new URLSearchParams({ key: tick, on: box.checked ? "1" : "0" });
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
});

// The wavy line under what is still to verify is drawn over the text, not put into it: the caret never jumps.
function underline() {
  if (!window.Highlight) return;
  const wanted = [...document.querySelectorAll("#chi-tiet [data-text]")].map((mark) => mark.dataset.text);
  const ranges = [];
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    for (const text of wanted) {
      for (let at = node.data.indexOf(text); at >= 0; at = node.data.indexOf(text, at + text.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + text.length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("unverified", new Highlight(...ranges));
}

// ── taking it home ──────────────────────────────────────────────────────────
byId("tai").addEventListener("click", async (event) => {
  event.preventDefault();
  if (!(await saver.flush())) return;
  if (byId("chi-tiet").dataset.open === "0") location.href = event.target.href;
  else byId("xuat").showModal();
});
for (const form of [byId("soi"), byId("nop")].filter(Boolean)) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await saver.flush())) return;
    if (form.id === "soi" || byId("chi-tiet").dataset.open === "0") form.submit();
    else byId("xuat").showModal();
  });
}

const left = saver.left();
if (left && JSON.stringify(left) !== JSON.stringify(read())) {
  write(left);
  saver.changed();
  toast(sheet.dataset.returned);
} else saver.forget();
underline();
