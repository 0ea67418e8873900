// The prompt in the fields of a template: what is typed there becomes the prompt, and the prompt is sorted into them.
import { csrf } from "./keep.js";

const choice = document.querySelector("[data-templates]");
const form = document.getElementById("viet");
if (choice && form) start(form.elements.prompt, document.getElementById("mau"));

function start(area, place) {
  let made = null;  // the prompt as the fields made it; anything else was written in the prompt itself
  choice.hidden = false;
  const kept = read();
  if (kept && choice.querySelector(`[data-template="${CSS.escape(kept)}"]`)) open(kept);

  choice.addEventListener("click", (event) => {
    const button = event.target.closest("[data-template]");
    if (button) open(button.dataset.template, true);
  });
  place.addEventListener("input", () => {
    grow();
    made = [...place.querySelectorAll("[data-slot]")]
      .map((field) => [field.dataset.slot, field.value.normalize("NFC").trim()])
      .filter(([, value]) => value)
      .map(([label, value]) => `${label}: ${value}`)
      .join("\n");
    area.value = made;
    area.dispatchEvent(new Event("input", { bubbles: true }));  // the desk draws its parts and saves it
  });
  place.addEventListener("keydown", (event) => {
    const run = document.getElementById("chay");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !run.disabled) form.requestSubmit(run);
  });
  addEventListener("resize", grow);
  area.addEventListener("change", () => area.value !== made && place.firstElementChild && open(read()));

  async function open(name, byHand = false) {
    for (const button of choice.querySelectorAll("[data-template]")) {
      button.setAttribute("aria-pressed", String(button.dataset.template === name));
    }
    keep(name);
    made = null;
    if (!name) return place.replaceChildren();
    const body = new URLSearchParams({ template: name, prompt: area.value });
    const reply = await fetch(choice.dataset.templates, { method: "POST", body, headers: { "X-CSRFToken": csrf(), "HX-Request": "true" } }).catch(() => null);
    if (!reply?.ok) return;
    place.innerHTML = await reply.text();
    grow();
    if (byHand) place.querySelector("[data-slot]")?.focus();
  }

  function grow() {
    for (const field of place.querySelectorAll("[data-slot]")) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    }
  }
}

function read() {
  try {
    return localStorage.getItem(choice.dataset.keep) || "";
  } catch {
    return "";
  }
}

function keep(name) {
  try {
    localStorage.setItem(choice.dataset.keep, name);
  } catch {
    // the template is chosen again at the next visit
  }
}
