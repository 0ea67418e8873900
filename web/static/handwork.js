// Work by hand: words of a text marked by mouse, finger or keyboard; cards and choices; everything saved as it is done.
import { Saver, csrf } from "./keep.js";

const byId = (id) => document.getElementById(id);
const form = byId("lam");
const box = document.querySelector(".marking");
const grid = byId("bang");
const saver = form.dataset.keep && saving();
const marking = box && marks();
if (grid) table();

form.addEventListener("change", () => saver && saver.changed());
if (grid) form.addEventListener("input", () => saver && saver.changed());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = byId("soi-bai");
  if (button.disabled) return;
  button.disabled = true;
  if (!saver || (await saver.flush())) form.submit();
  else button.disabled = false;  // the server was not reached: the work stays here, and the page says so
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !byId("soi-bai")) return;
  event.preventDefault();
  event.stopPropagation();
  form.requestSubmit(byId("soi-bai"));
}, true);  // before a word takes the Enter for a mark
addEventListener("pageshow", (event) => event.persisted && (byId("soi-bai").disabled = false));
document.addEventListener("click", (event) => {
  const found = event.target.closest("[data-goto-start]");
  if (found) marking?.show(Number(found.dataset.gotoStart), Number(found.dataset.gotoEnd));
});

function saving() {
  const lost = byId("mat-mang");
  const made = new Saver({
    key: form.dataset.key,
    delay: 600,
    read: () => [...new FormData(form)].filter(([name]) => name !== "csrf_token"),
    async send(entries) {
      const body = new URLSearchParams(entries);
      const reply = await fetch(form.dataset.keep, { method: "POST", body, headers: { "X-CSRFToken": csrf() } });
      if (reply.status >= 500) throw new Error(reply.status);
      if (!reply.ok || reply.redirected) return "keep";  // refused, or signed out meanwhile: the server has not got it
      byId("da-luu").textContent = (await reply.text()).trim();
    },
    offline(gone) {
      lost.hidden = !gone;
      if (gone) lost.firstElementChild.textContent = form.dataset.offline;
    },
  });
  const left = made.left();
  // What was put in before this script was there comes before the copy of an earlier visit.
  if ([...form.elements].some((one) => one.value !== (one.defaultValue ?? one.value) || one.checked !== one.defaultChecked)) {
    made.changed();
  } else if (Array.isArray(left)) {
    restore(left);
    addEventListener("load", () => made.changed());
  }
  return made;
}

// What an earlier visit could not send goes back into the form.
function restore(entries) {
  for (const field of form.querySelectorAll("input[type=radio], input[type=checkbox]")) field.checked = false;
  const cells = entries.filter(([name]) => name === "cell");
  if (cells.length) write(cells.map(([, value]) => value));
  for (const [name, value] of entries) {
    if (name === "marks") form.elements.marks.value = value;
    const field = [...form.querySelectorAll("input[type=radio], input[type=checkbox]")].find((one) => one.name === name && one.value === value);
    if (field) field.checked = true;
  }
}

// A table that grows by a row; a cell as high as what stands in it.
function table() {
  const add = byId("them-dong");
  const fit = (cell) => {
    cell.style.height = "auto";
    cell.style.height = `${cell.scrollHeight + 2}px`;
  };
  new ResizeObserver(() => grid.querySelectorAll("textarea").forEach(fit)).observe(grid.parentElement);
  grid.addEventListener("input", (event) => {
    fit(event.target);
    const cell = event.target.closest("td");
    cell.className = "";
    cell.querySelector(".cell-mark")?.remove();
    event.target.removeAttribute("aria-describedby");
  });
  if (!add) return;
  add.hidden = false;
  add.addEventListener("click", () => {
    row().querySelector("textarea").focus();
  });
}

function row() {
  const last = grid.tBodies[0].lastElementChild;
  const fresh = last.cloneNode(true);
  const number = Number(last.firstElementChild.textContent) + 1;
  fresh.firstElementChild.textContent = number;
  const columns = [...grid.tHead.rows[0].cells].slice(1);
  for (const [at, cell] of [...fresh.querySelectorAll("textarea")].entries()) {
    cell.value = "";
    cell.setAttribute("aria-label", byId("them-dong").dataset.row.replace("{row}", number).replace("{column}", columns[at].textContent));
  }
  grid.tBodies[0].append(fresh);
  return fresh;
}

function write(values) {
  while (grid.querySelectorAll("textarea").length < values.length) row();
  for (const [n, cell] of [...grid.querySelectorAll("textarea")].entries()) cell.value = values[n] ?? "";
}

function marks() {
  const words = [...box.querySelectorAll(".word")];
  const list = byId("cac-cho");
  const types = JSON.parse(list.dataset.types);
  const readOnly = box.getAttribute("aria-readonly") === "true";
  const chosen = new Set();
  const typeOf = new Map();
  let active = 0;
  let anchor = -1;
  let sweep = null;

  for (const one of JSON.parse(form.elements.marks.value)) {
    const inside = words.flatMap((word, n) => (word.dataset.start < one.end && one.start < word.dataset.end ? [n] : []));
    for (const n of inside) chosen.add(n);
    if (inside.length && one.type) typeOf.set(inside[0], one.type);
  }
  for (const [n, word] of words.entries()) word.addEventListener("pointerdown", (event) => down(event, n));
  box.addEventListener("pointermove", move);
  addEventListener("pointerup", up);
  addEventListener("pointercancel", () => (sweep = null, paint()));
  box.addEventListener("keydown", key);
  box.addEventListener("focus", () => activate(active));
  draw();

  function runs() {
    const found = [];
    for (const n of [...chosen].sort((a, b) => a - b)) {
      const last = found.at(-1);
      // a run ends with its line: a mistake lies in one
      if (last && last.at(-1) === n - 1 && words[n].parentElement === words[n - 1].parentElement) last.push(n);
      else found.push([n]);
    }
    return found;
  }

  function said(run) {
    return run.map((n) => words[n].textContent).join(" ");
  }

  function set(from, to, on) {
    for (let n = Math.min(from, to); n <= Math.max(from, to); n += 1) on ? chosen.add(n) : chosen.delete(n);
    draw();
    byId("bao").textContent = list.dataset[on ? "added" : "removed"].replace("{words}", said(range(from, to)));
    saver?.changed();
  }

  function range(from, to) {
    return Array.from({ length: Math.abs(to - from) + 1 }, (_, n) => Math.min(from, to) + n);
  }

  function draw() {
    for (const [n, word] of words.entries()) word.setAttribute("aria-selected", chosen.has(n));
    const found = runs();
    form.elements.marks.value = JSON.stringify(
      found.map((run) => ({ start: Number(words[run[0]].dataset.start), end: Number(words[run.at(-1)].dataset.end), type: typeOf.get(run[0]) || "" })),
    );
    const count = byId("so-cho");
    count.textContent = found.length ? count.dataset[found.length === 1 ? "one" : "many"].replace("{n}", found.length) : count.dataset.none;
    list.replaceChildren(...found.map(row));
    preview(found);
  }

  function row(run) {
    const item = document.createElement("li");
    const quote = document.createElement("q");
    quote.lang = "vi";
    quote.textContent = said(run);
    const pick = document.createElement("select");
    pick.setAttribute("aria-label", `${list.dataset.typeLabel}: ${said(run)}`);
    pick.append(new Option(list.dataset.typeLabel, ""), ...Object.entries(types).map(([code, name]) => new Option(name, code)));
    pick.value = typeOf.get(run[0]) || "";
    pick.disabled = readOnly;
    pick.addEventListener("change", () => {
      typeOf.set(run[0], pick.value);
      draw();
      list.querySelectorAll("select")[runs().findIndex((one) => one[0] === run[0])]?.focus();
      saver?.changed();
    });
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button small";
    remove.textContent = list.dataset.remove;
    remove.setAttribute("aria-label", `${list.dataset.remove}: ${said(run)}`);
    remove.addEventListener("click", () => {
      set(run[0], run.at(-1), false);
      box.focus();
    });
    item.append(quote, pick, ...(readOnly ? [] : [remove]));
    return item;
  }

  // Masking shows at once what the machine would get.
  function preview(found) {
    const place = byId("ban-che");
    if (!place) return;
    const masks = new Map();
    const counts = {};
    const hidden = new Map();
    for (const run of found) {
      const kind = typeOf.get(run[0]) || "KHAC";
      const key = `${kind}:${said(run).toLowerCase()}`;
      if (!masks.has(key)) masks.set(key, `[${kind}_${(counts[kind] = (counts[kind] || 0) + 1)}]`);
      for (const n of run) hidden.set(n, n === run[0] ? masks.get(key) + tail(run) : "");
    }
    place.textContent = [...box.children].map((line) => [...line.querySelectorAll(".word")].map((word) => {
      const n = words.indexOf(word);
      return hidden.has(n) ? hidden.get(n) : word.textContent;
    }).filter(Boolean).join(" ")).join("\n");
  }

  // The punctuation after the last word stays.
  function tail(run) {
    return words[run.at(-1)].textContent.match(/[.,;:!?)]*$/)[0];
  }

  function activate(n) {
    words[active]?.classList.remove("active");
    active = Math.max(0, Math.min(words.length - 1, n));
    words[active].classList.add("active");
    box.setAttribute("aria-activedescendant", words[active].id);
    words[active].scrollIntoView({ block: "nearest" });
  }

  // The word above or below: the nearest one on the next row of text.
  function beside(n, way) {
    const here = words[n].getBoundingClientRect();
    let best = n;
    let least = Infinity;
    for (let at = n + way; at >= 0 && at < words.length; at += way) {
      const there = words[at].getBoundingClientRect();
      const rows = (there.top - here.top) * way;
      if (rows < here.height / 2) continue;
      if (rows > here.height * 4 && best !== n) break;
      const far = rows * 10 + Math.abs(there.left - here.left);
      if (far < least) [least, best] = [far, at];
      if (far > least + 2000) break;
    }
    return best;
  }

  function key(event) {
    const lines = { ArrowRight: active + 1, ArrowLeft: active - 1, ArrowDown: beside(active, 1), ArrowUp: beside(active, -1) };
    if (event.key in lines) {
      event.preventDefault();
      const from = active;
      activate(lines[event.key]);
      if (event.shiftKey && !readOnly && active !== from) {
        if (anchor < 0) anchor = from;
        set(anchor, active, true);
      } else anchor = -1;
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const line = [...words[active].parentElement.querySelectorAll(".word")];
      activate(words.indexOf(line.at(event.key === "Home" ? 0 : -1)));
    } else if ((event.key === " " || event.key === "Enter") && !readOnly) {
      event.preventDefault();
      set(active, active, !chosen.has(active));
    }
  }

  function down(event, n) {
    if (readOnly || event.button !== 0) return;
    if (event.pointerType === "mouse") event.preventDefault();
    box.focus({ preventScroll: true });
    sweep = { from: event.shiftKey ? active : n, to: n, touch: event.pointerType !== "mouse" };
    activate(n);
    paint();
  }

  function move(event) {
    if (!sweep || sweep.touch) return;
    const word = document.elementFromPoint(event.clientX, event.clientY)?.closest(".word");
    if (word) sweep.to = words.indexOf(word);
    paint();
  }

  function up() {
    if (!sweep) return;
    const { from, to } = sweep;
    sweep = null;
    paint();
    set(from, to, from === to ? !chosen.has(to) : true);
    activate(to);
  }

  function paint() {
    const swept = sweep ? new Set(range(sweep.from, sweep.to)) : new Set();
    for (const [n, word] of words.entries()) word.classList.toggle("sweeping", swept.has(n));
  }

  return {
    show(start, end) {
      byId("the-bai-lam")?.click();
      for (const word of words) word.classList.toggle("shown", word.dataset.start < end && start < word.dataset.end);
      const first = words.findIndex((word) => word.classList.contains("shown"));
      if (first < 0) return;
      box.focus({ preventScroll: true });
      activate(first);
      words[first].scrollIntoView({ block: "center" });
    },
  };
}
