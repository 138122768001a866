// The map of one's own life: dots that are put, moved, changed and taken out by thumb, mouse and keyboard alike, with a
// table twin. What the map shows is asked by Python, which alone keeps it.
const STEP = { ArrowLeft: ["same", -1], ArrowRight: ["same", 1], ArrowDown: ["different", -1], ArrowUp: ["different", 1] };
const TURN = { PageUp: -1, PageDown: 1 };
const tenth = (value) => Math.round(Math.max(0, Math.min(FAR, value)) * 10) / 10;

function render({ model, el }) {
  const words = model.get("words");
  const state = structuredClone(model.get("state"));
  const { soon, keep, stop } = keeper(model, el, state);
  const band = (value) => words.bands.findLast(([start]) => value >= start)[1];
  const where = (dot) => fill(words.place, { same: band(dot.same), different: band(dot.different) });
  const number = (dot) => state.dots.indexOf(dot) + 1;
  const name = (dot) => dot.label.trim() || words.unnamed;

  const unread = unreadable(words.unread, model.get("unread"));
  const count = make("p", "", "tool-count");
  const svg = draw("svg", { class: "map-picture", "aria-hidden": "true" });
  const dots = make("div", "", "map-dots");
  const plane = within("div", "map-plane", svg, dots);
  const side = make("div", "", "map-side");
  const notice = make("p", "", "tool-notice");
  const live = make("p", "", "unseen");
  const keys = make("p", words.keys, "hint map-keys");
  const table = make("div", "", "map-table");
  const mirror = make("section", "", "map-mirror");
  const foot = make("div", "", "tool-foot");
  live.setAttribute("aria-live", "polite");
  dots.role = "group";
  dots.setAttribute("aria-label", words.plane);
  keys.id = `map-keys-${Math.random().toString(36).slice(2)}`;
  dots.setAttribute("aria-describedby", keys.id);
  el.classList.add("tool", "life-map");
  el.append(unread, count, within("div", "map-both-sides", within("div", "map-left", plane, legend(words), keys), side), notice, table, mirror, foot, live);
  const say = speaker(live);

  let current = state.dots[0]?.id ?? "";
  let chosen = null;
  let edit = null;
  let sorted = false;
  const buttons = new Map();

  const changed = () => {
    unread.hidden = true;
    paint();
    soon();
  };
  const paint = () => {
    drawDots();
    drawTable();
    edit?.moved();
  };

  // The dots: each a button over its picture.
  const drawDots = () => {
    const em = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const size = plane.clientWidth;
    if (!size) return;
    const { places, pad } = drawPlane(svg, state, words, size, em);
    plane.dataset.pad = pad;
    for (const [id, button] of buttons) if (!places.has(id)) { button.remove(); buttons.delete(id); }
    if (!places.has(current)) current = state.dots[0]?.id ?? "";
    state.dots.forEach((dot, index) => {
      const button = buttons.get(dot.id) ?? putButton(dot);
      if (dots.children[index] !== button) dots.insertBefore(button, dots.children[index]);
      const { x, y } = places.get(dot.id);
      button.style.left = `${(100 * x) / size}%`;
      button.style.top = `${(100 * y) / size}%`;
      button.tabIndex = dot.id === current ? 0 : -1;
      button.classList.toggle("chosen", dot === chosen);
      const told = dot.id === state.tell ? `, ${words.to_tell}` : "";
      button.setAttribute("aria-label", `${number(dot)}. ${name(dot)}${dot.when.trim() && `, ${dot.when.trim()}`}${told}: ${where(dot)}`);
    });
  };
  const putButton = (dot) => {
    const button = make("button", "", "map-press");
    button.type = "button";
    let from = null;
    let held = dot;
    let dragged = false;
    button.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      button.setPointerCapture(event.pointerId);
      from = [event.clientX, event.clientY];
      held = nearest(event);
      dragged = false;
    });
    button.addEventListener("pointermove", (event) => {
      if (!from) return;
      dragged ||= Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 4;
      if (!dragged) return;
      Object.assign(held, placed(event));
      changed();
    });
    const end = () => {
      if (from && dragged) {
        buttons.get(held.id)?.focus();
        say(where(held));
      }
      from = null;
    };
    button.addEventListener("pointerup", end);
    button.addEventListener("pointercancel", end);
    button.addEventListener("click", (event) => {
      if (dragged) dragged = false;
      else choose(event.detail ? held : dot);
    });
    button.addEventListener("focus", () => { current = dot.id; for (const [id, each] of buttons) each.tabIndex = id === current ? 0 : -1; });
    button.addEventListener("keydown", (event) => key(event, dot));
    buttons.set(dot.id, button);
    dots.append(button);
    return button;
  };
  // Where thumbs' places overlap, the dot that is meant is the one that is nearest.
  const nearest = ({ clientX, clientY }) => {
    const far = (dot) => {
      const { left, top, width, height } = buttons.get(dot.id).getBoundingClientRect();
      return Math.hypot(left + width / 2 - clientX, top + height / 2 - clientY);
    };
    return state.dots.reduce((best, dot) => (far(dot) < far(best) ? dot : best));
  };
  const placed = (event) => {
    const box = plane.getBoundingClientRect();
    const pad = Number(plane.dataset.pad);
    const inner = box.width - 2 * pad;
    return {
      same: tenth(((event.clientX - box.left - pad) / inner) * FAR),
      different: tenth(((box.bottom - pad - event.clientY) / inner) * FAR),
    };
  };
  const key = (event, dot) => {
    const [axis, way] = STEP[event.key] ?? [];
    const to = { Home: 0, End: state.dots.length - 1 }[event.key] ?? (TURN[event.key] ? number(dot) - 1 + TURN[event.key] : null);
    if (axis) {
      dot[axis] = tenth(dot[axis] + way * (event.shiftKey ? 2 : 0.5));
      changed();
      say(where(dot));
    } else if (to !== null) buttons.get(state.dots[Math.max(0, Math.min(state.dots.length - 1, to))].id).focus();
    else if (event.key === "Delete" || event.key === "Backspace") remove(dot);
    else return;
    event.preventDefault();
  };
  plane.addEventListener("click", (event) => {
    if (!event.target.closest(".map-press")) add(placed(event));
  });

  const add = (at) => {
    if (state.dots.length >= words.most) return tell(words.full);
    const dot = { id: Math.random().toString(36).slice(2), label: "", when: "", same: FAR / 2, different: FAR / 2, deed: "", words: "", ...at };
    const near = () => state.dots.some((each) => Math.hypot(each.same - dot.same, each.different - dot.different) < 0.9);
    // A dot that nobody placed yet lies on no other one.
    while (!at && near() && dot.same < FAR) dot.same = tenth(dot.same + 1);
    state.dots.push(dot);
    current = dot.id;
    tell("");
    choose(dot);
    changed();
  };
  const remove = (dot) => {
    const place = state.dots.indexOf(dot);
    const told = state.tell === dot.id;
    state.dots.splice(place, 1);
    if (told) state.tell = "";
    if (chosen === dot) choose(null);
    changed();
    keep();
    const undo = press(words.undo, () => {
      state.dots.splice(place, 0, dot);
      if (told) state.tell = dot.id;
      changed();
      keep();
      tell(words.undone);
      buttons.get(dot.id).focus();
    });
    tell(fill(words.removed, { number: place + 1 }), undo);
    undo.focus();
  };
  const tell = (text, ...more) => {
    notice.replaceChildren(text, ...more);
    say(text);
  };
  // With no dot chosen, the side says how it goes.
  const choose = (dot) => {
    const before = chosen;
    chosen = dot;
    edit = dot && editor({ dot, state, words, changed, remove, number: number(dot), ready: () => choose(null) });
    const more = press(words.add, () => add(null), true);
    side.replaceChildren(...(edit ? [edit.form] : [make("p", words.how), more, make("p", words.private, "hint")]));
    if (dot) edit.first.focus();
    else if (before) (buttons.get(before.id) ?? more).focus();
    drawDots();
  };

  const drawTable = () => {
    foot.hidden = !state.dots.length;
    const held = table.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const years = model.get("years");
    const year = (dot) => years[dot.id] ?? Infinity;
    const those = sorted ? [...state.dots].sort((a, b) => (year(a) === year(b) ? 0 : year(a) - year(b))) : state.dots;
    table.replaceChildren(...twin({ those, state, words, band, number, name, sorted, choose, sort: () => { sorted = !sorted; drawTable(); } }));
    if (held) [...table.querySelectorAll("button")].find((each) => each.dataset.key === held)?.focus();
  };
  const drawMirror = () => {
    count.textContent = model.get("count");
    const says = model.get("mirror");
    mirror.replaceChildren(make("h3", words.mirror), within("ul", "", ...says.map((text) => make("li", text))));
    mirror.hidden = !says.length;
  };
  const save = (message, buffers) => message.file && handOver(buffers[0], "text/csv", message.file);
  foot.append(
    press(words.svg, () => handOver(picture(svg, state, words, plane.clientWidth), "image/svg+xml", "map.svg")),
    press(words.csv, () => { keep(); model.send({ wanted: "csv" }); }),
    press(words.print, () => printOnly(el)),
  );
  const heard = () => { drawMirror(); drawTable(); };
  model.on("change:count change:mirror change:years", heard);
  model.on("msg:custom", save);
  const sizes = new ResizeObserver(drawDots);
  sizes.observe(plane);
  choose(null);
  paint();
  drawMirror();
  return () => {
    sizes.disconnect();
    stop();
    model.off("change:count change:mirror change:years", heard);
    model.off("msg:custom", save);
  };
}

const sign = (deed) => {
  const svg = draw("svg", { viewBox: "-12 -12 24 24", width: 22, height: 22, "aria-hidden": "true", class: "map-sign" });
  svg.append(deed === "tell" ? draw("circle", { class: "map-tell", r: 9 }) : shape(deed, 7.5));
  return svg;
};
const legend = (words) =>
  within("ul", "map-legend", ...words.deeds.map(([deed, text]) => within("li", "", sign(deed), text)), within("li", "", sign("tell"), words.to_tell));

// One dot to be named, placed and told of; whatever is typed holds at once.
function editor({ dot, state, words, changed, remove, number, ready }) {
  const form = make("form", "", "map-editor");
  const heading = make("h3", fill(words.editor, { number }));
  const text = (element, part, said, most) => field(element, said, dot[part], most, (value) => { dot[part] = value; changed(); });
  const [label, first] = text("input", "label", words.label, words.longest.label);
  const [when] = text("input", "when", words.when, words.longest.when);
  const [few] = text("textarea", "words", words.words, words.longest.words);
  const axis = (part, said) => {
    const [box, input] = field("input", said, String(dot[part]), 5, (value) => {
      const found = Number(value);
      if (value === "" || !(found >= 0 && found <= FAR)) return;
      dot[part] = tenth(found);
      changed();
    });
    Object.assign(input, { type: "number", min: 0, max: FAR, step: "any", inputMode: "decimal", dir: "ltr", value: String(dot[part]) });
    input.addEventListener("blur", () => (input.value = String(dot[part])));
    return [box, input];
  };
  const [same, sameInput] = axis("same", words.same);
  const [different, differentInput] = axis("different", words.different);
  const group = `did-${Math.random().toString(36).slice(2)}`;
  const did = make("fieldset", "", "pick");
  did.append(make("legend", words.did));
  for (const [deed, said] of words.deeds) {
    const input = Object.assign(make("input"), { type: "radio", name: group, value: deed, checked: dot.deed === deed });
    input.addEventListener("change", () => { dot.deed = deed; changed(); });
    did.append(within("label", "", input, make("span", said)));
  }
  const tells = Object.assign(make("input"), { type: "checkbox", checked: state.tell === dot.id });
  tells.addEventListener("change", () => { state.tell = tells.checked ? dot.id : ""; changed(); });
  const choice = within("label", "choice", tells, make("span", words.tell));
  const done = make("button", words.ready, "jupyter-button mod-primary");
  done.type = "submit";
  form.append(heading, label, when, within("div", "map-numbers", same, different), did, few, choice, within("div", "tool-foot", done, press(words.remove, () => remove(dot))));
  form.noValidate = true;
  form.addEventListener("submit", (event) => { event.preventDefault(); ready(); });
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); ready(); } });
  const moved = () => {
    for (const [input, part] of [[sameInput, "same"], [differentInput, "different"]]) if (input !== document.activeElement) input.value = String(dot[part]);
  };
  return { form, first, moved };
}

// The table twin: each dot's number, words and place, in the order in which they were put or of their years.
function twin({ those, state, words, band, number, name, sorted, choose, sort }) {
  const heading = make("h3", words.table);
  if (!those.length) return [heading, make("p", words.nothing_yet, "hint")];
  const order = press(words.sort, sort);
  order.dataset.key = "sort";
  order.setAttribute("aria-pressed", sorted);
  order.classList.toggle("mod-active", sorted);
  const columns = [words.number, words.moment, words.time, words.felt, words.was, words.deed];
  const head = within("tr", "", ...columns.map((said) => Object.assign(make("th", said), { scope: "col" })), make("td"));
  if (sorted) head.children[2].setAttribute("aria-sort", "ascending");
  const cell = (said, className, ...inside) => {
    const made = within("td", className, ...inside);
    made.dataset.label = said;
    return made;
  };
  const typed = (text) => make("bdi", text);
  const rows = those.map((dot) => {
    const title = Object.assign(within("th", "", typed(name(dot))), { scope: "row" });
    if (!dot.label.trim()) title.className = "map-unnamed";
    if (dot.id === state.tell) title.append(" ", make("span", words.to_tell, "map-told"));
    if (dot.words.trim()) title.append(within("span", "small", typed(dot.words.trim())));
    const change = press(words.change, () => choose(dot));
    change.dataset.key = dot.id;
    change.setAttribute("aria-label", `${words.change}: ${number(dot)}. ${name(dot)}`);
    const did = Object.fromEntries(words.deeds)[dot.deed];
    const at = (said, part) => cell(said, "map-at", `${dot[part]} · ${band(dot[part])}`);
    return within("tr", "", cell(words.number, "", String(number(dot))), title, cell(words.time, "", typed(dot.when.trim() || "–")), at(words.felt, "same"), at(words.was, "different"),
      cell(words.deed, "map-did", ...(did ? [sign(dot.deed), did] : ["–"])), within("td", "map-change", change));
  });
  return [within("div", "map-table-head", heading, order), within("table", "", within("thead", "", head), within("tbody", "", ...rows))];
}
export default { render };
