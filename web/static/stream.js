// Reads the answer while it is being written: place in the queue, then the text as it comes, then the finished sheet.
import { csrf, replaceById } from "./keep.js";

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const count = ([one, many], n) => fill(n === 1 ? one : many, { n });

export async function follow(sheet) {
  const words = JSON.parse(sheet.dataset.words);
  const lost = document.getElementById("mat-mang");
  const page = new Writing(sheet, words);
  sheet.addEventListener("submit", (event) => stop(event, sheet, words));
  for (let pause = 1000; ; pause = Math.min(2 * pause, 15000)) {
    try {
      const reply = await fetch(sheet.dataset.stream, { headers: { Accept: "text/event-stream" } });
      if (reply.status >= 400 && reply.status < 500) break;  // signed out, or not ours: the sheet will say so
      if (!reply.ok) throw new Error(reply.status);
      lost.hidden = true;
      pause = 1000;
      page.restart();
      if (await read(reply.body, page)) break;
    } catch {
      lost.firstElementChild.textContent = words.lost;
    }
    lost.hidden = false;
    await wait(pause);
  }
  lost.hidden = true;
  const written = await fetch(sheet.dataset.answer, { headers: { "HX-Request": "true" } });
  if (!written.ok) return location.reload();
  replaceById(await written.text());
  document.getElementById("t1")?.click();  // from here on the feedback on the answer is what matters
  document.getElementById("bao").textContent = words.done;
}

// True when the stream came to its end, false when it broke off.
async function read(body, page) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return false;
    const frames = (rest + value).split("\n\n");
    rest = frames.pop();
    for (const frame of frames) {
      const found = /^event: (\w+)\ndata: (.*)$/s.exec(frame);
      if (!found) continue;  // a heartbeat
      const [, name, data] = found;
      if (name === "finish" || name === "failed") return true;
      page[name]?.(JSON.parse(data));
    }
  }
}

async function stop(event, sheet, words) {
  const form = event.target.closest("[data-stop]");
  if (!form) return;
  event.preventDefault();
  for (const button of sheet.querySelectorAll("[data-stop] button")) {
    button.disabled = true;
    button.textContent = words.stopping;
  }
  try {
    await fetch(form.action, { method: "POST", headers: { "X-CSRFToken": csrf() }, redirect: "manual" });
  } catch {
    for (const button of sheet.querySelectorAll("[data-stop] button")) button.disabled = false;
  }
}

// The sheet while the machine waits, reads and writes. Text goes in as text nodes, never as markup.
class Writing {
  constructor(sheet, words) {
    const part = (name) => sheet.querySelector(`[data-${name}]`);
    Object.assign(this, { words, queue: part("queue"), place: part("place"), time: part("wait"), state: part("reading") });
    Object.assign(this, { paper: part("writing"), voice: part("spoken"), meanwhile: part("meanwhile"), column: sheet.closest(".desk-column") });
    this.cursor = document.createElement("span");
    this.cursor.className = "cursor";
    this.cursor.setAttribute("aria-hidden", "true");
    this.got = this.shown = this.unsaid = "";
    this.line = null;
  }

  // A new connection replays from the start; what is on the page already is not written twice.
  restart() {
    this.got = "";
  }

  sources({ passages }) {
    this.title = passages[0]?.title;
  }

  queued({ place, seconds }) {
    if (this.shown) return;
    const waiting = place > 0;
    this.queue.hidden = !waiting;
    this.state.hidden = waiting;
    if (!waiting) {
      this.#say(this.state, this.title ? fill(this.words.reading, { title: this.title }) : this.words.thinking);
      return;
    }
    this.queue.querySelector(".number").textContent = place + 1;
    this.#say(this.place, count(this.words.turn, place));
    this.time.textContent = seconds ? fill(this.words.about, { time: this.#time(seconds) }) : "";
  }

  delta({ text }) {
    this.got += text;
    if (this.shown.startsWith(this.got)) return;
    if (!this.got.startsWith(this.shown)) {
      this.paper.replaceChildren();
      this.shown = "";
      this.line = null;
    }
    this.queue.hidden = this.state.hidden = true;
    if (this.paper.hidden) this.#begin();
    const atEnd = this.column.scrollHeight - this.column.scrollTop - this.column.clientHeight < 60;
    this.#write(this.got.slice(this.shown.length));
    if (atEnd) this.column.scrollTop = this.column.scrollHeight;
    this.shown = this.got;
  }

  #begin() {
    this.paper.hidden = false;
    if (this.meanwhile) this.meanwhile.hidden = true;
    const badge = document.querySelector("#cac-lan [aria-current] .badge");
    if (badge) Object.assign(badge, { textContent: this.words.writing, className: "badge machine" });
  }

  #write(text) {
    for (const piece of text.split(/(\n)/)) {
      if (piece === "\n") this.line = null;
      else if (piece) {
        if (!this.line) {
          const paragraph = document.createElement("p");
          this.line = paragraph.appendChild(document.createTextNode(""));
          paragraph.append(this.cursor);
          this.paper.append(paragraph);
        }
        this.line.appendData(piece);
      }
    }
    this.#speak(text);
  }

  // Aloud by the sentence, not by the syllable.
  #speak(text) {
    this.unsaid += text;
    const sentences = /^[\s\S]*[.;:?!](?=\s)|^[\s\S]*\n/.exec(this.unsaid);
    if (!sentences) return;
    this.voice.textContent = sentences[0].trim();
    this.unsaid = this.unsaid.slice(sentences[0].length);
  }

  #time(seconds) {
    const minutes = Math.floor(seconds / 60);
    const parts = [minutes && count(this.words.minutes, minutes), seconds % 60 && count(this.words.seconds, seconds % 60)];
    return parts.filter(Boolean).join(" ");
  }

  // Only a change is written, because every change of a status is read aloud.
  #say(place, sentence) {
    if (place.textContent !== sentence) place.textContent = sentence;
  }
}
