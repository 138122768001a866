// The projector: bells that are heard and seen, tables that turn their own pages, and the cloth that grows with the talk.
const STAY = 8_000; // milliseconds a page of names is shown: time to find one among sixty
const LARGEST = 8; // letters are as large as one page allows, between so many lines to the height of the screen...
const SMALLEST = 30; // ...where even these take several pages, they are used: 36 px on 1080, read from the back row
const LEAST = 18; // px, on small screens

const now = document.getElementById("now");
const sound = document.getElementById("sound");
const full = document.getElementById("full");
const pageOf = document.getElementById("page-of");

let speaker;
// A bell is a few tones that die away, the high ones first.
function strike(pitch, after) {
  const start = speaker.currentTime + after;
  for (const [times, loud] of [[1, 0.5], [2.0, 0.25], [2.76, 0.2], [5.4, 0.08]]) {
    const tone = speaker.createOscillator();
    const volume = speaker.createGain();
    tone.frequency.value = pitch * times;
    volume.gain.setValueAtTime(loud, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 3 / times);
    tone.connect(volume).connect(speaker.destination);
    tone.start(start);
    tone.stop(start + 3 / times);
  }
}
const BELLS = { on: [[660, 0]], half: [[880, 0], [880, 0.6]], end: [[523, 0], [523, 0.9], [523, 1.8]] };
const ring = (bell) => {
  now.dispatchEvent(new CustomEvent("rung", { detail: bell }));
  now.dataset.rung = bell;
  if (speaker) for (const [pitch, after] of BELLS[bell]) strike(pitch, after);
};
sound.addEventListener("click", () => {
  if (speaker) {
    speaker.close();
    speaker = undefined;
  } else {
    speaker = new AudioContext();
    ring("on");
  }
  sound.setAttribute("aria-pressed", String(Boolean(speaker)));
  sound.textContent = speaker ? sound.dataset.on : sound.dataset.off;
});
full.hidden = !document.documentElement.requestFullscreen;
full.addEventListener("click", () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
});

let last = 0;
let before;
let pages = [];
let turned = 0;
let place = 0;
let seen;

const SPARE = 4; // so many more lines to the height of the screen are worth it where no name is cut in two then

const within = (box) => box.scrollWidth <= box.clientWidth + 1;
const fits = (list) => list.scrollHeight <= list.clientHeight + 1 && [list, ...list.querySelectorAll(".table-names")].every(within);

// A long question is set smaller, so that the clock keeps its place.
function set(scene) {
  const ask = scene?.querySelector(".ask");
  if (!ask || getComputedStyle(document.body).overflowY !== "hidden") return;
  for (let share = 100; share >= 45; share -= 5) {
    ask.style.fontSize = share === 100 ? "" : `calc(var(--ask) * ${share / 100})`;
    if (scene.scrollHeight <= scene.clientHeight + 1) return;
  }
}

// Who sits with whom, table by table, where all of it fits at once; else everybody by name, page by page.
function layOut(scene) {
  set(scene);
  const [tables, names] = ["by-table", "by-name"].map((list) => scene?.querySelector(`.${list}`));
  pages = [];
  pageOf.hidden = true;
  if (!tables) return;
  tables.hidden = false;
  names.hidden = true;
  if (lay(tables)) return;
  tables.hidden = true;
  names.hidden = false;
  lay(names);
}

// The least width in which no name is cut in two, as a multiple of the letters' size.
function widest(list) {
  list.classList.add("uncut", "narrow");
  const widths = [...list.querySelectorAll("li:not(.resting-all)")].map((table) => table.scrollWidth);
  list.classList.remove("uncut", "narrow");
  return Math.max(0, ...widths) / parseFloat(getComputedStyle(list).fontSize);
}

// The largest letters with which all of it fits, as how many lines they leave to the height of the screen; 0 with none.
function size(list, from, to) {
  for (let lines = from; lines <= to; lines += 1) {
    list.style.fontSize = `${Math.max(LEAST, innerHeight / lines)}px`;
    if (fits(list)) return lines;
  }
  return 0;
}

// Pages are cut where the next table would no longer fit: measured, because names are as long as they are.
function lay(list) {
  pages = [];
  place = 0;
  turned = last;
  pageOf.hidden = true;
  const tables = [...list.children];
  for (const table of tables) table.hidden = false;
  list.style.flex = list.style.blockSize = list.style.fontSize = "";
  if (getComputedStyle(list).overflowY === "visible") return true; // a small screen scrolls
  // Columns break where the height is told in so many words.
  list.style.blockSize = `${list.clientHeight}px`;
  list.style.flex = "none";
  list.classList.remove("uncut");
  const lines = size(list, LARGEST, SMALLEST);
  list.style.setProperty("--widest", `${widest(list)}em`);
  list.classList.add("uncut");
  if (lines) {
    if (size(list, lines, Math.min(lines + SPARE, SMALLEST))) return true;
    list.classList.remove("uncut");
    size(list, lines, lines);
    return true;
  }
  if (list.matches(".by-table")) return false;
  let left = tables;
  while (left.length) {
    for (const table of tables) table.hidden = !left.includes(table);
    let low = 1;
    let high = left.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      left.forEach((table, at) => { table.hidden = at >= middle; });
      if (fits(list)) low = middle;
      else high = middle - 1;
    }
    pages.push(left.slice(0, low));
    left = left.slice(low);
  }
  turn(0);
  return true;
}

function turn(to) {
  place = to;
  turned = last;
  const page = pages[place];
  for (const name of page[0].parentElement.children) name.hidden = !page.includes(name);
  // Isolated (U+2068, U+2069), so that a letter that runs from right to left leaves the numbers in their order.
  const letter = (line) => `\u2068${[...line.querySelector("bdi").textContent][0].toLocaleUpperCase()}\u2069`;
  pageOf.textContent = `${letter(page[0])} – ${letter(page.at(-1))} · ${place + 1} / ${pages.length}`;
  pageOf.hidden = pages.length < 2;
}

now.addEventListener("drawn", ({ detail: { at, scene } }) => {
  const half = Number(scene?.dataset.half);
  const goesOn = at - last < 5000; // what happened while the screen slept is not rung afterwards
  if (goesOn && half && last < half && half <= at) ring("half");
  if (goesOn && before === "talk" && scene?.dataset.part !== "talk" && scene?.dataset.part !== "doors") ring("end");
  before = scene?.dataset.part;
  last = at;
  for (const cloth of scene?.querySelectorAll("[data-laid]") ?? []) {
    const from = Number(cloth.dataset.laid);
    const share = (at - from) / (Number(cloth.dataset.ends) - from);
    cloth.style.inlineSize = `${Math.min(1, Math.max(0, share)) * 100}%`;
  }
  if (scene !== seen) {
    seen = scene;
    layOut(scene);
  } else if (pages.length > 1 && at - turned > STAY) turn((place + 1) % pages.length);
});
// What is held in the hand beside a projector sends these keys.
addEventListener("keydown", ({ key }) => {
  const way = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[key];
  if (way && pages.length > 1) turn((place + way + pages.length) % pages.length);
});
addEventListener("resize", () => layOut(seen));
document.fonts?.ready.then(() => layOut(seen));
