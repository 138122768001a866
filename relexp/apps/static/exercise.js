// The form of an exercise, drawn from its fields, and the same work as text. What is filled in goes to Python a moment after
// the last key, and at once when a field is left; what is taken out can be brought back.
const PAUSE = 600;
// Several exercises may stand on a page, each with a script of its own.
const fresh = () => `exercise-${Math.random().toString(36).slice(2)}`;

const make = (name, className = "", text = "") => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

const press = (sign, label, act, className = "") => {
  const made = make("button", `jupyter-button ${className}`, sign);
  made.type = "button";
  if (label !== sign) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
};

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
const numbers = (text, most) => (text.match(/\d+/g) ?? []).map(Number).filter((each) => each <= most).slice(0, 60);

// A control for one field: what is shown of its value, and what is read from it.
const CONTROLS = {
  text: (field, value) => typed("input", field, value, (text) => text),
  long: (field, value) => typed("textarea", field, value, (text) => text),
  number: (field, value) =>
    typed("input", field, value ? String(value) : "", (text) => Math.min(field.most, numbers(text, 1e9)[0] ?? 0), "numeric"),
  numbers: (field, value) => typed("input", field, value.join(", "), (text) => numbers(text, field.most), "numeric"),
  texts: (field, value) => typed("textarea", field, value.join("\n"), (text) => lines(text).slice(0, 60).map((line) => line.slice(0, field.most))),
};

const typed = (name, field, value, read, mode = "") => {
  const control = make(name);
  control.value = value;
  control.dir = "auto";
  control.autocomplete = "off";
  if (name === "textarea") control.rows = 2;
  if (mode) control.inputMode = mode;
  if (field.kind === "text" || field.kind === "long") control.maxLength = field.most;
  return [control, () => read(control.value)];
};

const described = (control, field, box) => {
  if (!field.help) return;
  const help = make("span", "hint", field.help);
  help.dir = "auto";
  help.id = fresh();
  control.setAttribute("aria-describedby", help.id);
  box.append(help);
};

const labelled = (field, value, note) => {
  const box = make("div", `field field-${field.kind}`);
  const [control, read] = CONTROLS[field.kind](field, value);
  const label = make("label", "", field.label);
  if (field.quiet) control.setAttribute("aria-label", field.label);
  else {
    control.id = label.htmlFor = fresh();
    box.append(label);
  }
  described(control, field, box);
  box.append(control);
  control.addEventListener("input", () => note(read()));
  return box;
};

const chosen = (field, value, words, note) => {
  const box = make("div", "field");
  const label = make("label", "", field.label);
  const select = make("select");
  select.id = label.htmlFor = fresh();
  select.add(new Option(words.choose, ""));
  for (const [id, text] of field.choices) select.add(new Option(text, id, false, id === value));
  select.addEventListener("change", () => note(select.value));
  box.append(label, select);
  return box;
};

// A few choices side by side: radio buttons for one of them, check boxes for several.
const side = (field, value, note) => {
  const many = field.kind === "choices";
  const box = make("fieldset", "field sides");
  if (field.quiet) box.setAttribute("aria-label", field.label);
  else box.append(make("legend", "", field.label));
  if (field.help) described(box, field, box);
  const row = make("div", "side-row");
  const name = fresh();
  for (const [id, text] of field.choices) {
    const label = make("label", "side");
    const input = make("input");
    input.type = many ? "checkbox" : "radio";
    input.name = name;
    input.value = id;
    input.checked = many ? value.includes(id) : value === id;
    label.append(input, make("span", "", text));
    row.append(label);
  }
  row.addEventListener("change", () => {
    const picked = [...row.querySelectorAll("input:checked")].map((input) => input.value);
    note(many ? picked : (picked[0] ?? ""));
  });
  box.append(row);
  return box;
};

const ticked = (field, value, note) => {
  const label = make("label", "field choice");
  const input = make("input");
  input.type = "checkbox";
  input.checked = value;
  input.addEventListener("change", () => note(input.checked));
  label.append(input, make("span", "", field.label));
  return label;
};

// Fields of the work or of one card; `changed` is told when something was filled in.
const fields = (those, work, words, changed) => {
  const box = make("div", "fields");
  const drawn = [];
  const fit = () => {
    for (const [field, made] of drawn) if (field.only) made.hidden = !field.only[1].includes(work[field.only[0]]);
  };
  for (const field of those) {
    const value = work[field.key];
    const note = (now) => {
      work[field.key] = now;
      fit();
      changed();
    };
    if (field.kind === "hidden") continue;
    if (field.heading) box.append(make("h4", "", field.heading));
    const made =
      field.kind === "cards" ? cards(field, value, words, note)
      : field.kind === "yes" ? ticked(field, value, note)
      : field.kind === "choices" || (field.kind === "choice" && field.choices.length < 4) ? side(field, value, note)
      : field.kind === "choice" ? chosen(field, value, words, note)
      : labelled(field, value, note);
    drawn.push([field, made]);
    box.append(made);
  }
  fit();
  return box;
};

const cards = (field, value, words, note) => {
  const box = make("div", "exercise-cards");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", field.label);
  const list = make("ol");
  // What was taken out stays in its place, to be brought back.
  const items = value.map((card) => ({ card, gone: false }));
  const tell = () => note(items.filter(({ gone }) => !gone).map(({ card }) => card));
  const begins = ({ card }) => field.fields.map(({ key, kind }) => (kind === "long" || kind === "text" ? card[key] : "")).find(Boolean) ?? "";
  const beside = (place, step) => {
    let next = place + step;
    while (items[next]?.gone) next += step;
    return items[next] ? next : -1;
  };
  const act = (item, what) => {
    const place = items.indexOf(item);
    if (what === "remove" || what === "undo") item.gone = what === "remove";
    else {
      const other = beside(place, what === "up" ? -1 : 1);
      items.splice(place, 1);
      items.splice(other, 0, item);
    }
    draw();
    const made = list.children[items.indexOf(item)];
    const aims = { remove: ".undo", undo: "textarea, input", up: ".up", down: ".down" };
    const aim = made.querySelector(aims[what]);
    (aim.disabled ? made.querySelector(".move:not(:disabled)") : aim).focus();
    tell();
  };
  const gone = (item) => {
    const line = make("li", "gone");
    const told = make("span", "", `${words.removed} `);
    const text = make("bdi", "", begins(item));
    line.append(press(words.undo, `${words.undo}: ${begins(item).slice(0, 60)}`, () => act(item, "undo"), "undo"), told, text);
    return line;
  };
  const there = (item, number) => {
    const line = make("li");
    const card = make("div", "exercise-card");
    const name = `${field.card} ${number}`;
    const head = make("div", "head");
    const title = make("span", "name", name);
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", name);
    const movers = make("span", "movers");
    const place = items.indexOf(item);
    for (const [what, sign] of [["up", "↑"], ["down", "↓"]]) {
      const made = press(sign, `${words[what]}: ${name}`, () => act(item, what), `move ${what}`);
      made.disabled = beside(place, what === "up" ? -1 : 1) < 0;
      movers.append(made);
    }
    movers.append(press("✕", `${words.remove}: ${name}`, () => act(item, "remove"), "move remove"));
    head.append(title, movers);
    card.append(head, fields(field.fields, item.card, words, tell));
    line.append(card);
    return line;
  };
  const add = press(field.add, field.add, () => {
    const item = { card: Object.fromEntries(field.fields.map(({ key, empty }) => [key, empty])), gone: false };
    items.push(item);
    draw();
    list.lastElementChild.querySelector("input, textarea, select").focus();
    tell();
  });
  const draw = () => {
    let number = 0;
    list.replaceChildren(...items.map((item) => (item.gone ? gone(item) : there(item, (number += 1)))));
    add.disabled = number >= field.most;
  };
  draw();
  box.append(make("p", "label", field.label));
  if (field.help) box.append(Object.assign(make("p", "hint", field.help), { dir: "auto" }));
  box.append(list, add);
  return box;
};

function render({ model, el }) {
  const words = model.get("words");
  const form = make("form", "exercise");
  const place = make("div");
  const told = make("p", "aloud");
  const fold = make("details", "as-text");
  const text = make("textarea");
  const wrong = make("ul", "faults");
  form.noValidate = true;
  told.hidden = true;
  form.addEventListener("submit", (event) => event.preventDefault());
  let work = {};
  let waiting = null;
  let timer = 0;

  const send = () => {
    clearTimeout(timer);
    if (waiting) model.send(waiting());
    waiting = null;
  };
  const later = (what) => {
    waiting = what;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  };
  const say = () => {
    const [lines, key, pace] = model.get("aloud");
    told.hidden = !lines;
    if (!lines) return;
    const total = work[lines].reduce((sum, card) => sum + (card[key].match(/\S+/g) ?? []).length, 0);
    const seconds = Math.round((60 * total) / pace);
    const gaps = { words: total, minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
    told.textContent = words.aloud.replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);
  };
  const draw = () => {
    // Work that could not be read when the page opened has no form yet.
    if (!model.get("revision")) return;
    work = structuredClone(model.get("work"));
    place.replaceChildren(
      fields(model.get("form"), work, words, () => {
        say();
        later(() => ({ work }));
      }),
    );
    say();
  };
  const tell = () => {
    const readable = model.get("readable");
    if (document.activeElement !== text) text.value = model.get("text");
    wrong.replaceChildren(...model.get("faults").map((fault) => make("li", "", fault)));
    wrong.hidden = readable;
    place.inert = !readable;
    if (!model.get("revision")) fold.open = true;
  };
  const leave = () => document.visibilityState === "hidden" && send();

  text.setAttribute("aria-label", words.as_text);
  text.rows = 14;
  text.spellcheck = false;
  text.setAttribute("autocapitalize", "off");
  const status = make("div");
  status.setAttribute("role", "status");
  status.append(wrong);
  text.addEventListener("input", () => later(() => ({ text: text.value })));
  fold.append(make("summary", "", words.as_text), make("p", "hint", words.as_text_why), text, status);
  form.append(place, told, fold);
  form.addEventListener("change", send);
  form.addEventListener("focusout", send);
  el.append(form);
  draw();
  tell();
  model.on("change:revision", draw);
  model.on("change:text change:faults change:readable", tell);
  document.addEventListener("visibilitychange", leave);
  return () => {
    send();
    model.off("change:revision", draw);
    document.removeEventListener("visibilitychange", leave);
  };
}
export default { render };
