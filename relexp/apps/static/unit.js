// The way through a unit. What comes into view and stays there is told to Python, once each; a reading counts as read
// when its end has been seen and it was looked at for long enough, or when the reader says so.
const STAYS = 2;

function render({ model, el }) {
  const words = model.get("words");
  const make = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });
  const box = make("nav", "unit-contents");
  box.setAttribute("aria-label", words.contents);
  const onward = make("p", "unit-go");
  const go = make("a", "go-on");
  onward.append(go);
  const fold = make("details", "");
  const summary = make("summary", "", words.contents);
  const far = make("span", "far small");
  summary.append(far);
  const list = make("ol", "");
  fold.append(summary, list);
  box.append(onward, fold);
  el.append(box);

  const blocks = model.get("blocks");
  const heading = ({ anchor }) => document.getElementById(anchor);
  const address = ({ anchor }) => `#${encodeURIComponent(anchor)}`;
  const arrive = (block) => {
    const found = heading(block);
    if (!found) return;
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "start" });
  };

  const marks = new Map();
  for (const block of blocks) {
    const line = make("li", "");
    const mark = make("span", "mark");
    mark.setAttribute("aria-hidden", "true");
    const link = make("a", "", block.title);
    link.href = address(block);
    link.addEventListener("click", () => setTimeout(() => arrive(block)));
    const state = make("span", "unseen");
    const about = make("span", "about small", block.about);
    line.append(mark, link, about, state);
    if (block.reads) {
      const label = make("label", "read-it");
      const tick = Object.assign(make("input", ""), { type: "checkbox" });
      tick.setAttribute("aria-label", `${words.read}: ${block.title}`);
      tick.addEventListener("change", () => {
        if (tick.checked) model.send({ what: "read", block: block.id, by: "hand" });
      });
      label.append(tick, make("span", "small", words.read));
      line.append(label);
    }
    list.append(line);
    marks.set(block.id, { line, mark, state, tick: line.querySelector("input") });
  }

  const draw = () => {
    const done = model.get("done");
    for (const { id } of blocks) {
      const { line, mark, state, tick } = marks.get(id);
      const is = done.includes(id);
      line.classList.toggle("done", is);
      mark.textContent = is ? "✓" : "○";
      state.textContent = is ? words.done : words.not_done;
      if (tick) {
        tick.checked = is;
        tick.disabled = is;
      }
    }
    far.textContent = model.get("summary");
    const next = blocks.find(({ id }) => id === model.get("go"));
    onward.hidden = !next || !model.get("begun");
    if (next) {
      go.textContent = words.go_on.replace("{title}", next.title);
      go.href = address(next);
    }
  };
  go.addEventListener("click", () => {
    const next = blocks.find(({ id }) => id === model.get("go"));
    if (next) setTimeout(() => arrive(next));
  });
  model.on("change:done change:go change:summary change:begun", draw);
  draw();

  // Where the reader is, second by second, while the page is looked at.
  const looked = new Map();
  const read = new Set();
  let current = "";
  let since = 0;
  let told = "";
  const look = () => {
    if (document.visibilityState !== "visible") return;
    const tops = blocks.map((block) => heading(block)?.getBoundingClientRect().top ?? Infinity);
    const at = blocks[tops.findLastIndex((top) => top < innerHeight / 2)];
    if (!at) return;
    since = at.id === current ? since + 1 : 1;
    current = at.id;
    looked.set(at.id, (looked.get(at.id) ?? 0) + 1);
    if (since === STAYS && told !== current) {
      told = current;
      model.send({ what: "opened", block: current });
    }
    for (const [place, block] of blocks.entries()) {
      const end = tops[place + 1] ?? document.documentElement.getBoundingClientRect().bottom - 40;
      if (!block.reads || read.has(block.id) || model.get("done").includes(block.id)) continue;
      if (end < innerHeight && (looked.get(block.id) ?? 0) >= block.seconds) {
        read.add(block.id);
        model.send({ what: "read", block: block.id });
      }
    }
  };
  const ticking = setInterval(look, 1000);

  // Whoever comes by a link to a block arrives there once all of the page has its place.
  const wanted = decodeURIComponent(location.hash.slice(1));
  const block = blocks.find(({ anchor }) => anchor === wanted);
  if (block) {
    if (document.documentElement.dataset.ready) arrive(block);
    else addEventListener("page-ready", () => setTimeout(() => arrive(block), 50), { once: true });
  }
  return () => clearInterval(ticking);
}
export default { render };
