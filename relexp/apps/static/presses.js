// What can be pressed now: one thing that stands out, a few beside it, and what is rarely wanted folded away. Each press
// carries what its reader saw and a key of its own, so that sent twice it is one, and pressed too late it is none.
function render({ model, el }) {
  el.classList.add("evening-presses");
  const A_DOUBLE_CLICK = 400;
  let busy = false;
  let resting;
  // The press at which the reader was, while its button is taken away or rests.
  let asked = null;

  const button = ({ press, label, minutes }, main) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.dataset.press = press;
    made.className = "jupyter-button" + (main ? " mod-primary" : "");
    made.addEventListener("click", () => {
      if (busy) return;
      busy = true;
      asked = press;
      made.setAttribute("aria-busy", "true");
      for (const each of el.querySelectorAll("button")) each.disabled = each !== made;
      const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
      model.send({ press, minutes: minutes ?? 0, seen: model.get("seen"), key });
      // Where the line is down the page says so itself; the button can be pressed again.
      setTimeout(done, 4000);
    });
    return made;
  };
  const draw = () => {
    const focused = el.contains(document.activeElement) ? document.activeElement.dataset.press ?? "" : asked;
    const row = document.createElement("div");
    row.className = "row";
    row.append(...model.get("main").map((each) => button(each, true)), ...model.get("more").map((each) => button(each, false)));
    const pieces = [row];
    const rare = model.get("rare");
    if (rare.length) {
      const details = document.createElement("details");
      const summary = document.createElement("summary");
      const inside = document.createElement("div");
      inside.className = "row";
      details.open = Boolean(el.querySelector("details")?.open);
      summary.textContent = model.get("words").rare;
      inside.append(...rare.map((each) => button(each, false)));
      details.append(summary, inside);
      pieces.push(details);
    }
    el.replaceChildren(...pieces);
    asked = focused;
    if (busy) return rest();
    land();
  };
  // Whoever works by the keyboard stays where they were, or comes to what is next, unless the page led them elsewhere.
  const land = () => {
    const here = document.activeElement === document.body || el.contains(document.activeElement);
    if (asked !== null && here) (el.querySelector(`[data-press="${asked}"]`) ?? el.querySelector("button"))?.focus();
    asked = null;
  };
  // What has just come to stand where somebody pressed is not pressed by the second half of a double click.
  const rest = () => {
    clearTimeout(resting);
    for (const each of el.querySelectorAll("button")) each.disabled = true;
    resting = setTimeout(() => {
      for (const each of el.querySelectorAll("button")) each.disabled = false;
      busy = false;
      land();
    }, A_DOUBLE_CLICK);
  };
  const done = () => {
    if (!busy) return;
    el.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    rest();
  };
  model.on("change:main change:more change:rare", draw);
  model.on("change:answered", done);
  draw();
  return () => {
    model.off("change:main change:more change:rare", draw);
    model.off("change:answered", done);
  };
}
export default { render };
