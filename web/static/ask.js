// An answer with its sources: watched while it grows; each number opens its passage on the paper beside it.
import { copy } from "./keep.js";
import { follow } from "./stream.js";

const sheet = document.querySelector("[data-stream]");
if (sheet) follow(sheet);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) open(event, link);
  const taker = event.target.closest("[data-copy]");
  if (taker) copy(document.getElementById(taker.dataset.copy), taker);
});

async function open(event, link) {
  const place = document.getElementById("ben-canh");
  if (!place) return;
  event.preventDefault();
  const query = new URLSearchParams({ says: link.dataset.says ?? "" });
  const reply = await fetch(`${link.href}?${query}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!reply?.ok) return location.assign(link.href);
  place.innerHTML = await reply.text();
  for (const old of document.querySelectorAll(".cite[aria-current]")) old.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  document.getElementById("the-ben-canh")?.click();
  show(place, link);
}

// Brings the passage into view and hands the keyboard to it; Escape goes back to the number.
function show(place, link) {
  const passage = place.querySelector(".told")?.closest(".passage") ?? place.querySelector(".passage.shown");
  if (!passage) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  passage.tabIndex = -1;
  passage.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "center", behavior });
  passage.addEventListener(
    "keydown",
    (key) => {
      if (key.key !== "Escape") return;
      document.getElementById("the-tra-loi")?.click();
      link.focus();
    },
    { once: true },
  );
}
