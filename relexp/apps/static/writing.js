// A place to write in. What is typed goes to Python a moment after the last key; until it is known to be kept, this tab
// holds it too, so that a page that has lost its place gives it back when it is loaded again.
const PAUSE = 600;
const AGAIN = 5000;

function render({ model, el }) {
  const words = model.get("words");
  const id = `writing-${Math.random().toString(36).slice(2)}`;
  const make = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });
  const box = make("div", "writing");
  const label = make("label", "", model.get("ask"));
  const area = make("textarea", "");
  const foot = make("p", "writing-state");
  const clash = make("div", "writing-clash note");
  label.htmlFor = area.id = id;
  area.rows = model.get("lines");
  area.dir = "auto";
  foot.id = `${id}-state`;
  foot.setAttribute("role", "status");
  clash.hidden = true;
  box.append(label);
  if (model.get("hint")) {
    const hint = make("p", "hint", model.get("hint"));
    hint.id = `${id}-hint`;
    area.setAttribute("aria-describedby", hint.id);
    box.append(hint);
  }
  box.append(area, foot, clash);
  el.append(box);

  const place = `relexp-writing-${model.get("mark")}`;
  // What is not kept yet, and what stood there when it was begun.
  let base = model.get("said");
  const held = () => JSON.parse((model.get("mark") && sessionStorage.getItem(place)) || "null");
  const hold = (text) => model.get("mark") && sessionStorage.setItem(place, JSON.stringify({ text, base }));
  const release = () => sessionStorage.removeItem(place);

  let number = 0;
  let sent = "";
  let waits = 0;
  const grow = () => {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + 4}px`;
  };
  const send = () => {
    clearTimeout(waits);
    number = Math.max(number, model.get("answered")) + 1;
    sent = area.value;
    model.send({ said: sent, number });
  };
  const soon = (after) => {
    clearTimeout(waits);
    waits = setTimeout(send, after);
  };
  const typed = () => {
    hold(area.value);
    foot.textContent = model.get("keeps") ? words.keeping : "";
    grow();
    soon(PAUSE);
  };
  const compare = (there) => {
    base = there;
    const other = make("blockquote", "", there);
    other.dir = "auto";
    const press = (text, act) => {
      const made = make("button", "jupyter-button", text);
      made.type = "button";
      made.addEventListener("click", () => {
        act();
        clash.hidden = true;
        area.focus();
        typed();
      });
      return made;
    };
    const row = make("div", "row");
    row.append(press(words.mine, () => {}), press(words.theirs, () => (area.value = there)));
    clash.replaceChildren(make("p", "read", words.other), other, row);
    clash.hidden = false;
  };

  area.addEventListener("input", typed);
  area.addEventListener("blur", () => held() && clash.hidden && send());
  model.on("change:answered", () => {
    if (model.get("answered") !== number) return;
    const state = model.get("state");
    foot.textContent = state === "kept" ? (model.get("keeps") ? words.kept : "") : state === "not_kept" ? model.get("why") || words.not_kept : "";
    if (state === "other") return compare(model.get("other"));
    clash.hidden = true;
    if (state !== "kept") return soon(AGAIN);
    base = sent;
    if (area.value === sent) release();
  });

  const before = held();
  area.value = before?.text ?? base;
  if (before && before.text !== base) {
    // Whoever wrote on another device since then is not written over unasked.
    if (before.base === base) typed();
    else compare(base);
  } else release();
  requestAnimationFrame(() => area.value && grow());
}
export default { render };
