// The plane of the map as a picture: its two axes, the dots by their numbers and shapes, and their labels where one fits
// without touching another; where none does, or the screen is narrow, the number leads to the table.
const SVG = "http://www.w3.org/2000/svg";
const draw = (name, values = {}, ...inside) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};
const FAR = 10;
const NARROW = 26; // rem: below it labels would cover the dots
const LINE = 18; // letters in a line of a label

const shapes = (r) => ({
  hid: ["rect", { x: -r * 0.9, y: -r * 0.9, width: r * 1.8, height: r * 1.8, rx: 2 }],
  explained: ["path", { d: `M0 ${-r * 1.25}L${r * 1.25} 0L0 ${r * 1.25}L${-r * 1.25} 0Z` }],
  curious: ["circle", { r }],
  acted: ["path", { d: `M0 ${-r * 1.35}L${r * 1.35} ${r * 0.95}L${-r * 1.35} ${r * 0.95}Z` }],
  nothing: ["circle", { r }],
  "": ["circle", { r }],
});
const shape = (deed, r) => {
  const [name, values] = shapes(r)[deed];
  return draw(name, { ...values, class: `map-dot did-${deed || "unsaid"}` });
};

// Whole letters, as a reader of the script sees them.
const letters = (text) =>
  Intl.Segmenter ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment) : Array.from(text);
// A text in lines of at most so many letters; a word that is longer is cut.
function wrapped(text, most) {
  const found = [""];
  for (const word of text.trim().split(/\s+/)) {
    const last = found[found.length - 1];
    if (last && letters(last).length + 1 + letters(word).length > most) found.push(word);
    else found[found.length - 1] = last ? `${last} ${word}` : word;
  }
  return found.map((line) => (letters(line).length > most ? `${letters(line).slice(0, most - 1).join("")}…` : line));
}
// A label has two lines at most.
function lines(text) {
  const [first, second, ...more] = wrapped(text, LINE);
  if (!more.length) return second ? [first, second] : [first];
  return [first, `${letters(second).slice(0, LINE - 1).join("").trimEnd()}…`];
}

const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const around = (x, y, r) => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });

// A place beside its dot at which a label of this size meets no dot, no other label and no edge; null where there is none.
function free(at, r, size, taken, edge) {
  const { x, y } = at;
  const { width, height } = size;
  const gap = r + 7;
  const near = r * 0.7;
  const those = [
    [x + gap, y - height / 2], [x - gap - width, y - height / 2], [x - width / 2, y - gap - height], [x - width / 2, y + gap],
    [x + near, y - near - height], [x + near, y + near], [x - near - width, y - near - height], [x - near - width, y + near],
  ];
  const inside = (box) => box.x >= edge.x && box.y >= edge.y && box.x + width <= edge.x + edge.width && box.y + height <= edge.y + edge.height;
  for (const [left, top] of those) {
    const box = { x: left, y: top, width, height };
    if (inside(box) && !taken.some((other) => meet(box, other))) return box;
  }
  return null;
}

// The axes and what stands behind the dots.
function ground(words, size, pad, em) {
  const far = size - pad;
  const middle = size / 2;
  const line = (className, ...[x1, y1, x2, y2]) => draw("line", { class: className, x1, y1, x2, y2 });
  const text = (className, x, y, anchor, said) => {
    const made = draw("text", { class: className, x, y, "text-anchor": anchor });
    made.textContent = said;
    return made;
  };
  return [
    draw("rect", { class: "map-sheet", x: pad, y: pad, width: far - pad, height: far - pad }),
    draw("rect", { class: "map-both", x: middle, y: pad, width: far - middle, height: middle - pad }),
    line("map-middle", middle, pad, middle, far),
    line("map-middle", pad, middle, far, middle),
    line("map-axis", pad, far, pad, pad - em * 0.4),
    line("map-axis", pad, far, far + em * 0.4, far),
    draw("path", { class: "map-axis", d: `M${pad - 6} ${pad + 6}L${pad} ${pad - em * 0.4}L${pad + 6} ${pad + 6}` }),
    draw("path", { class: "map-axis", d: `M${far - 6} ${far - 6}L${far + em * 0.4} ${far}L${far - 6} ${far + 6}` }),
    text("map-axis-name", pad + em * 0.8, pad - em * 0.5, "start", words.different_axis),
    text("map-axis-name", far, far + em * 1.35, "end", words.same_axis),
    text("map-zero", pad, far + em * 1.25, "middle", "0"),
  ];
}

// Draw all of it into `svg`, `size` pixels each way. Returns where each dot lies, by its id.
function drawPlane(svg, state, words, size, em) {
  const pad = em * 2.2;
  const r = em * 0.8;
  const at = (dot) => ({
    x: pad + (dot.same / FAR) * (size - 2 * pad),
    y: size - pad - (dot.different / FAR) * (size - 2 * pad),
  });
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.replaceChildren(...ground(words, size, pad, em));
  const places = new Map(state.dots.map((dot) => [dot.id, at(dot)]));
  state.dots.forEach((dot, index) => {
    const { x, y } = places.get(dot.id);
    const number = draw("text", { class: "map-number", "text-anchor": "middle", y: em * (dot.deed === "acted" ? 0.48 : 0.3) });
    number.textContent = index + 1;
    const ring = dot.id === state.tell ? [draw("circle", { class: "map-tell", r: r * 1.6 })] : [];
    svg.append(draw("g", { transform: `translate(${x} ${y})` }, ...ring, shape(dot.deed, r), number));
  });
  if (size >= NARROW * em) label(svg, state, places, { size, r, em });
  return { places, pad };
}

function label(svg, state, places, { size, r, em }) {
  const taken = [...places.values()].map(({ x, y }) => around(x, y, r * 1.3));
  const edge = { x: em * 2.4, y: em * 2.3, width: size - em * 2.6, height: size - em * 4.6 };
  for (const dot of state.dots) {
    if (!dot.label.trim()) continue;
    const those = lines(dot.label);
    const text = draw("text", { class: "map-label", "text-anchor": "middle" });
    those.forEach((line, index) => {
      const span = draw("tspan", { x: 0, dy: index ? "1.15em" : "0.8em" });
      span.textContent = line;
      text.append(span);
    });
    svg.append(text);
    const width = Math.max(...[...text.children].map((span) => span.getComputedTextLength())) + 6;
    const box = free(places.get(dot.id), r, { width, height: em * 1.1 * those.length }, taken, edge);
    if (!box) {
      text.remove();
      continue;
    }
    taken.push(box);
    const middle = box.x + width / 2;
    for (const span of text.children) span.setAttribute("x", middle);
    text.setAttribute("y", box.y);
  }
}

// The picture by itself, on white: as it stands, with every dot's number and name below.
const ALONE = `text{fill:#26211b;font-family:system-ui,sans-serif;font-size:15px;unicode-bidi:plaintext}
.map-sheet{fill:#fffdf7}.map-both{fill:#f4e5d3}.map-middle{stroke:#d9cdb8;stroke-dasharray:4 6}.map-axis{stroke:#26211b;stroke-width:2;fill:none}
.map-dot{fill:#fffdf7;stroke:#655b4e;stroke-width:2.5}.did-hid{stroke:#0b5f94}.did-explained{stroke:#93557d}.did-curious{stroke:#00795a}
.did-acted{stroke:#b4491a}.did-unsaid{stroke-dasharray:4 3}.map-tell{fill:none;stroke:#97371a;stroke-width:2.5}.map-number{font-weight:600;font-size:13px}
.map-axis-name{font-family:Georgia,serif;font-style:italic;font-size:18px}.map-zero{font-size:13px}`;
function picture(svg, state, words, size) {
  const alone = svg.cloneNode(true);
  const cut = state.dots.flatMap((dot, index) => {
    const when = dot.when.trim() ? ` (${dot.when.trim()})` : "";
    const tell = dot.id === state.tell ? ` – ${words.to_tell}` : "";
    const rows = wrapped(`${dot.label.trim() || words.unnamed}${when}${tell}`, Math.max(24, Math.floor(size / 10)));
    return rows.map((row, at) => [at ? "" : index + 1, row]);
  });
  const height = size + 24 * cut.length + 24;
  const name = draw("title");
  const style = draw("style");
  name.textContent = words.plane;
  style.textContent = ALONE;
  alone.prepend(name, style, draw("rect", { width: size, height, fill: "#fff" }));
  cut.forEach((row, at) => row.forEach((said, column) => {
    const text = draw("text", { x: column ? 52 : 20, y: size + 24 * (at + 0.7) });
    text.textContent = said;
    alone.append(text);
  }));
  alone.setAttribute("xmlns", SVG);
  alone.setAttribute("viewBox", `0 0 ${size} ${height}`);
  alone.setAttribute("width", size);
  alone.setAttribute("height", height);
  alone.removeAttribute("aria-hidden");
  return new XMLSerializer().serializeToString(alone);
}
