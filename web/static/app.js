// What every page shares: tabs, dialogs, messages that can be closed, files dropped on a form, lost connections.
// Without it every panel is simply shown, and forms and links work as ever.
import { tidy } from "./copies.js";

const { person: me, name } = document.querySelector(".me")?.dataset ?? {};
tidy(me, name);

const narrow = matchMedia("(max-width: 640px)");

/** Make the tab lists inside `root` work: click, arrow keys, and all panels shown where there is room for them. */
export function prepareTabs(root = document) {
  for (const list of root.querySelectorAll('[role="tablist"]:not([data-ready])')) {
    list.dataset.ready = "";
    const tabs = [...list.querySelectorAll('[role="tab"]')];
    const narrowOnly = list.hasAttribute("data-narrow");
    const show = (tab) => {
      for (const other of tabs) {
        const on = other === tab;
        other.setAttribute("aria-selected", String(on));
        other.tabIndex = on ? 0 : -1;
        for (const id of other.getAttribute("aria-controls").split(" ")) {
          const panel = document.getElementById(id);
          if (panel) panel.hidden = narrowOnly && !narrow.matches ? false : !on;
        }
      }
    };
    list.addEventListener("click", (event) => {
      const tab = event.target.closest('[role="tab"]');
      if (tab) show(tab);
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
      next.focus();
      show(next);
    });
    const current = () => show(list.querySelector('[aria-selected="true"]') || tabs[0]);
    if (narrowOnly) narrow.addEventListener("change", current);
    current();
  }
}

/** The header that every fetch of ours must carry. */
export function csrfHeader() {
  return { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content };
}

/** Say one sentence in the place where errors are shown; an empty one clears it. */
export function announce(sentence) {
  const place = document.getElementById("thong-bao");
  if (!sentence) return place.replaceChildren();
  const banner = document.createElement("div");
  banner.className = "banner look";
  banner.append(Object.assign(document.createElement("p"), { textContent: sentence }));
  place.replaceChildren(banner);
}

// Ctrl+Enter in the text of a form with `data-send` sends it, as on the desk.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.target.closest?.("form[data-send]")?.requestSubmit();
});

/** A menu that lies over the page closes when one goes elsewhere, or with Escape. */
function fold(except) {
  for (const menu of document.querySelectorAll("details[data-folds][open]")) if (menu !== except) menu.open = false;
}
document.addEventListener("focusin", (event) => fold(event.target.closest("details[data-folds]")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-folds][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  fold(event.target.closest("details[data-folds]"));
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) {
    const dialog = closer.closest("dialog");
    if (dialog) dialog.close();
    else closer.closest(".toast, .banner").remove();
  }
  if (event.target.closest("[data-back]")) history.back();
});

// A second click must not send a file twice; the button says what is going on.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("[data-busy]");
  if (button) {
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-disabled", "true");
    button.addEventListener("click", (again) => again.preventDefault());
  }
});

for (const form of document.querySelectorAll("[data-drop]")) {
  const field = form.querySelector('input[type="file"]');
  const zone = form.querySelector(".drop");
  field.addEventListener("change", () => {
    form.querySelector('[role="status"]').textContent = [...field.files].map((file) => file.name).join(", ");
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) {
        field.files = event.dataTransfer.files;
        form.requestSubmit();
      }
    });
  }
}

// What is typed into a long field, or chosen on a sheet, and not sent yet outlives a reload. It is kept for this person in
// this tab alone, since office machines are shared, and goes when it has been sent: it has not where the door or an error comes.
const HELD = "giu:", SENT = "gui";
const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]"), going = [];
if (me && !document.querySelector("main.lost")) for (const key of sent) sessionStorage.removeItem(key);
sessionStorage.removeItem(SENT);
// Changed before this script was there. On a page come back to, the browser itself fills fields in: that is nobody's hand.
const fresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
const touched = ({ form, name }) => fresh && [...form.elements].some((one) =>
  one.name === name && (one.type === "radio" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue));
for (const field of document.querySelectorAll("[data-held]")) {
  const key = `${HELD}${field.dataset.held}:${location.pathname}:${field.name}`;
  const kept = sessionStorage.getItem(key);
  const radio = field.type === "radio";
  if (touched(field)) {
    if (!radio || field.checked) sessionStorage.setItem(key, field.value);
  } else if (kept !== null && (radio ? kept === field.value && !field.checked : kept !== field.value)) {
    addEventListener("load", () => {  // after htmx has seen the old text: it looks again only when the text is another
      if (radio) field.checked = true;
      else field.value = kept;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  // What the page was opened with goes with what is typed on it: a hidden field is no hand's.
  (field.type === "hidden" ? field.form : field).addEventListener("input", () => sessionStorage.setItem(key, field.value));
  field.form.addEventListener("submit", () => {
    going.push(key);
    sessionStorage.setItem(SENT, JSON.stringify(going));
  });
}

for (const button of document.querySelectorAll("[data-back]")) button.hidden = history.length < 2;

// A toast only confirms, so it may go by itself, but not from under a hand or a focus.
for (const toast of document.querySelectorAll(".toast")) {
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
  setTimeout(leave, 8000);
}

// A passage beside an answer moves its column at most: the page opens at the answer, which may come after the page.
let shown = null;
function bring() {
  const passage = document.querySelector(".passage.shown");
  if (!passage || passage === shown) return;
  shown = passage;
  const column = passage.closest(".desk-column");
  if (column) column.scrollTop += passage.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 4;
  else if (!location.hash) passage.scrollIntoView({ block: "center" });
}
document.addEventListener("replaced", bring);
bring();

// One lost answer of a poll is no news; two in a row are.
let lost = 0;
document.addEventListener("htmx:sendError", () => {
  lost += 1;
  if (lost > 1) announce(document.getElementById("thong-bao").dataset.offline);
});
document.addEventListener("htmx:afterOnLoad", () => {
  if (lost > 1) announce("");
  lost = 0;
});
document.addEventListener("htmx:load", (event) => prepareTabs(event.detail.elt));
prepareTabs();

// The address may name a place in a panel that a tab keeps shut.
const named = document.getElementById(location.hash.slice(1));
const shut = named?.closest("[hidden]");
if (shut) {
  document.querySelector(`[role="tab"][aria-controls~="${CSS.escape(shut.id)}"]`)?.click();
  named.scrollIntoView();
}

// Whoever signs out leaves nothing that the server has, masked or not yet masked, to the next person at this machine.
document.addEventListener("submit", (event) => {
  if (["/logout", "/account/sign-out-everywhere"].includes(new URL(event.target.action, location.href).pathname)) tidy(me, name, true);
});
