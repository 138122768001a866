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
  const held = () => JSON.parse((model.get("mark") && sessionStorage.getItem(place)) || "null");
  const hold = (text) => {
    try {
      if (model.get("mark")) sessionStorage.setItem(place, JSON.stringify({ text, base }));
    } catch {
      // A tab holds only so much: then what is typed goes to Python all the same.
    }
  };
  const release = () => sessionStorage.removeItem(place);
  const there = model.get("said");
  const before = held();
  let base = before?.base ?? there;

  let number = 0;
  // What another device wrote, once whoever writes here chose between the two.
  let over = {};
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
    model.send({ said: sent, number, ...over });
  };
  const soon = (after) => {
    clearTimeout(waits);
    waits = setTimeout(send, after);
  };
  const typed = () => {
    hold(area.value);
    grow();
    // While two texts stand there, neither is kept over the other unasked.
    if (!clash.hidden) return;
    foot.textContent = model.get("keeps") ? words.keeping : "";
    soon(PAUSE);
  };
  const compare = (there) => {
    const other = make("blockquote", "", there);
    other.dir = "auto";
    const press = (text, act) => {
      const made = make("button", "jupyter-button", text);
      made.type = "button";
      made.addEventListener("click", () => {
        act();
        base = there;
        over = { over: there };
        clash.hidden = true;
        area.focus();
        typed();
      });
      return made;
    };
    const row = make("div", "row");
    row.append(press(words.mine, () => {}), press(words.theirs, () => (area.value = there)));
    foot.textContent = "";
    clash.replaceChildren(make("p", "read", words.other), other, row);
    clash.hidden = false;
  };

  area.addEventListener("input", typed);
  // Whoever turns away is not waited for.
  const leave = () => held() && clash.hidden && send();
  const hidden = () => document.visibilityState === "hidden" && leave();
  area.addEventListener("blur", leave);
  document.addEventListener("visibilitychange", hidden);
  addEventListener("pagehide", leave);
  model.on("change:answered", () => {
    if (model.get("answered") !== number) return;
    const state = model.get("state");
    if (state === "other") return compare(model.get("other"));
    if (state !== "kept") {
      foot.textContent = `${words.not_kept} ${model.get("why")}`;
      return soon(AGAIN);
    }
    foot.textContent = model.get("keeps") ? words.kept : "";
    base = sent;
    over = {};
    if (area.value === sent) release();
    else hold(area.value);
  });

  area.value = before?.text ?? there;
  if (before && before.text !== there) {
    // Whoever wrote on another device since then is not written over unasked.
    if (before.base === there) typed();
    else compare(there);
  } else {
    base = there;
    release();
  }
  requestAnimationFrame(() => area.value && grow());
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    removeEventListener("pagehide", leave);
  };
}
export default { render };
