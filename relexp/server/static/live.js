// A page of the evening, kept as it is now: each part is shown in its time, by the server's clock, and goes on when the
// server is silent. What changes comes over one line as server-sent events.
const SILENT = 25_000; // milliseconds without a word after which the line is taken for dead
const WORRY = 4_000; // after which the page says that it is alone
// A hall of phones calls again bit by bit, not all in one moment.
const again = () => 1_000 + 2_000 * Math.random();

const now = document.getElementById("now");
const live = document.getElementById("live");
const away = document.getElementById("away");
// performance.now() goes on evenly, whatever happens to the clock of this device.
let ahead = Number(now.dataset.now) - performance.now();
let heard = performance.now();
let line;
let waiting;
let html = "";
let scene;
let said;

const minutes = (left) => {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

function draw() {
  const at = performance.now() + ahead;
  for (const part of now.querySelectorAll("[data-from], [data-until]")) {
    const { from = -Infinity, until = Infinity } = part.dataset;
    const hidden = at < Number(from) || at >= Number(until);
    if (part.hidden !== hidden) part.hidden = hidden;
  }
  for (const clock of now.querySelectorAll("[role=timer]")) {
    const text = minutes(Number(clock.dataset.ends) - at);
    if (clock.textContent !== text) clock.textContent = text;
    clock.hidden = false;
  }
  const shown = now.querySelector(".scene:not([hidden])");
  if (shown !== scene) {
    const words = [...(shown?.querySelectorAll(".which, .of, h1") ?? [])].map((each) => each.textContent.trim()).join(". ");
    // Whoever listens to the page hears what is new, and not again what it began with.
    if (scene && said !== words) live.textContent = words;
    said = words;
    scene = shown;
  }
  away.hidden = performance.now() - heard < (line?.readyState === EventSource.OPEN ? SILENT : WORRY);
  now.dispatchEvent(new CustomEvent("drawn", { detail: { at, scene } }));
}

function listen() {
  clearTimeout(waiting);
  line?.close();
  line = new EventSource(now.dataset.changes);
  line.addEventListener("beat", ({ data }) => {
    ahead = Number(data) - performance.now();
    heard = performance.now();
  });
  line.addEventListener("show", ({ data }) => {
    if (data !== html) now.innerHTML = html = data;
    draw();
  });
  line.addEventListener("reload", () => { line.close(); location.reload(); });
  line.addEventListener("error", () => {
    line.close();
    waiting = setTimeout(listen, again());
  });
}

setInterval(() => {
  draw();
  if (performance.now() - heard > SILENT && line.readyState === EventSource.OPEN) listen();
}, 250);
// A phone that slept has missed what was said meanwhile, and its clock may have stood still.
addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) listen(); });
listen();
draw();
