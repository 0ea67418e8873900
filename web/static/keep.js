// What a person types is kept in this browser until the server has it, and is sent again until it is there.
import { read, write } from "./copies.js";

export class Saver {
  // key: where the copy lies; delay: ms of rest before sending; read(): the value now;
  // send(value): resolves when the server has answered, throws when it could not be reached; with "keep" the server has not
  // taken it, with "sent" it has and the copy stays all the same; offline(bool): tells the page.
  constructor({ key, delay, read, send, offline }) {
    Object.assign(this, { key, delay, read, send, offline, dirty: false, sending: null, timer: 0 });
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
  }

  changed() {
    this.#store(this.read());
    this.again();
  }

  // Sends soon what left() gave: its copy lies there as it is.
  again() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.delay);
  }

  // Sends what is new, one at a time and in order; true when nothing is left to send.
  async flush() {
    clearTimeout(this.timer);
    while (this.sending) await this.sending;
    if (!this.dirty) return true;
    this.dirty = false;
    this.sending = this.#attempt();
    await this.sending;
    return !this.dirty;
  }

  // For other writes that must not overtake a saving; resolves with what deed() gives.
  async between(deed) {
    await this.flush();
    const result = deed();
    this.sending = result.then(() => {}, () => {}).then(() => (this.sending = null));
    return result;
  }

  // The copy of an earlier visit that the server never confirmed, or null.
  left() {
    try {
      return read(this.key);
    } catch {
      return null;
    }
  }

  forget() {
    this.#store(null);
  }

  stop() {
    clearTimeout(this.timer);
    this.dirty = false;
  }

  async #attempt() {
    try {
      const value = this.read();
      const keep = await this.send(value);
      this.offline(false);
      if (this.dirty || keep === "keep") return;
      if (keep === "sent") this.#store(value, true);
      else this.forget();
    } catch {
      this.dirty = true;
      this.offline(true);
      this.timer = setTimeout(() => this.flush(), 3000);
    } finally {
      this.sending = null;
    }
  }

  #store(value, sent) {
    try {
      if (value === null) localStorage.removeItem(this.key);
      else write(this.key, value, sent);
    } catch {
      // a browser that keeps nothing still saves to the server
    }
  }
}

export const csrf = () => document.querySelector('meta[name="csrf-token"]').content;

// Puts each top element of a fragment in the place of the one with the same id, then wakes htmx in them: one of them may
// ask at once for what goes into another.
export function replaceById(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const placed = [...box.content.children].filter((fresh) => {
    const old = fresh.id && document.getElementById(fresh.id);
    old?.replaceWith(fresh);
    return old;
  });
  for (const fresh of placed) window.htmx?.process(fresh);
  document.dispatchEvent(new Event("replaced"));
}

// The same without a flicker: what says the same stays as it is, and of a list with keys only the items that changed go.
export function renew(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  for (const fresh of [...box.content.children]) {
    const old = fresh.id && document.getElementById(fresh.id);
    if (!old) continue;
    for (const open of old.querySelectorAll("details[open][data-key]")) {
      const again = fresh.querySelector(`details[data-key="${CSS.escape(open.dataset.key)}"]`);
      if (again) again.open = true;
    }
    if (old.isEqualNode(fresh)) continue;
    if (!fresh.querySelector(":scope > [data-key]")) {
      old.replaceWith(fresh);
      window.htmx?.process(fresh);
      continue;
    }
    const before = [...old.children];
    const after = [...fresh.children].map((item) => before.find((one) => one.isEqualNode(item)) ?? item);
    for (const one of before) if (!after.includes(one)) one.remove();
    after.forEach((one, n) => one !== old.children[n] && old.insertBefore(one, old.children[n] ?? null));
  }
}

// A sentence that confirms and goes by itself; with a deed it offers to take it back.
export function toast(sentence, undo, words) {
  const slip = document.createElement("p");
  slip.className = "toast";
  slip.setAttribute("role", "status");
  document.querySelector(".toasts").append(slip);
  slip.textContent = sentence;
  if (undo) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: words });
    button.addEventListener("click", () => {
      undo();
      slip.remove();
    });
    slip.append(" ", button);
  }
  setTimeout(() => slip.remove(), undo ? 10000 : 5000);
}

// Takes the text of a field away; the button says afterwards what was taken.
export async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    text.select();  // without https the clipboard takes only what is selected
    document.execCommand("copy");
    button.focus();
  }
  toast(button.dataset.copied);
}
