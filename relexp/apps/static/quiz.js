// One question: native controls for every kind, no key and no feedback in the page. What is answered goes to Python, which
// says what is to be said; whatever is typed or chosen stays until it is answered.
const make = (name, text = "", className = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};

const choices = (item, type, name, chosen) => {
  const box = make("div", "", "quiz-options");
  for (const { id, text } of item.options) {
    const label = make("label", "", "choice");
    const input = make("input");
    input.type = type;
    input.name = name;
    input.value = id;
    input.checked = chosen.includes(id);
    label.append(input, make("span", text));
    box.append(label);
  }
  return [box, () => [...box.querySelectorAll("input:checked")].map((input) => input.value)];
};

const ordered = (item, words, chosen) => {
  const list = make("ol", "", "quiz-order");
  const ids = chosen.length === item.options.length ? chosen : item.options.map(({ id }) => id);
  const text = Object.fromEntries(item.options.map((option) => [option.id, option.text]));
  const draw = (focus) => {
    list.replaceChildren(
      ...ids.map((id, place) => {
        const line = make("li");
        const movers = make("span", "", "movers");
        for (const [step, sign, word] of [[-1, "↑", words.up], [1, "↓", words.down]]) {
          const press = make("button", sign, "jupyter-button move");
          press.type = "button";
          press.disabled = place + step < 0 || place + step >= ids.length;
          press.setAttribute("aria-label", `${word}: ${text[id]}`);
          press.addEventListener("click", () => {
            [ids[place], ids[place + step]] = [ids[place + step], ids[place]];
            draw([id, step]);
            list.dispatchEvent(new Event("change", { bubbles: true }));
          });
          movers.append(press);
        }
        line.append(movers, make("span", text[id]));
        return line;
      }),
    );
    if (!focus) return;
    const [up, down] = list.children[ids.indexOf(focus[0])].querySelectorAll("button");
    const press = focus[1] < 0 ? up : down;
    (press.disabled ? (press === up ? down : up) : press).focus();
  };
  draw();
  return [list, () => [...ids]];
};

const matched = (item, words, chosen) => {
  const box = make("div", "", "quiz-match");
  for (const { id, text } of item.options) {
    const field = make("div", "", "field");
    const label = make("label", text);
    const select = make("select");
    select.id = label.htmlFor = `match-${id}-${Math.random().toString(36).slice(2)}`;
    select.dataset.id = id;
    select.add(new Option(words.choose, "", true, true));
    for (const partner of item.partners) select.add(new Option(partner.text, partner.id, false, chosen[id] === partner.id));
    field.append(label, select);
    box.append(field);
  }
  return [box, () => Object.fromEntries([...box.querySelectorAll("select")].map((each) => [each.dataset.id, each.value]))];
};

const typed = (item, words, chosen) => {
  const label = make("label", "", "field");
  const input = make("input");
  const number = item.kind === "number";
  if (number) input.inputMode = "decimal";
  input.value = typeof chosen === "string" ? chosen : "";
  input.autocomplete = "off";
  input.dir = "auto";
  label.append(make("span", number && item.unit ? `${words.answer} (${item.unit})` : words.answer), input);
  return [label, () => input.value];
};

const scene = (item) => {
  const { text, choices: those } = item.scene;
  const box = make("div", "", "quiz-scene");
  if (item.so) {
    const so = make("div", "", "note");
    so.append(make("p", item.so.head, "read"), ...item.so.says.map((said) => make("p", said)));
    box.append(so);
  }
  box.append(make("p", text, "scene"));
  const [options, read] = choices({ options: those }, "radio", `scene-${Math.random()}`, []);
  box.append(options);
  return [box, read];
};

function render({ model, el }) {
  const form = make("form", "", "quiz");
  form.noValidate = true;
  el.append(form);
  let read = () => null;

  const draw = () => {
    const item = model.get("item");
    const words = model.get("words");
    // Whoever begins again pressed a button that goes: they are led to the question too.
    const had = form.contains(document.activeElement) || item.again;
    const group = make("fieldset");
    const legend = make("legend", item.ask);
    legend.tabIndex = -1;
    const draft = model.get("draft");
    const list = Array.isArray(draft) ? draft : [];
    const name = `quiz-${Math.random().toString(36).slice(2)}`;
    const [control, value] =
      item.kind === "one" || item.kind === "confidence" ? choices(item, "radio", name, list)
      : item.kind === "many" ? choices(item, "checkbox", name, list)
      : item.kind === "order" ? ordered(item, words, list)
      : item.kind === "match" ? matched(item, words, Array.isArray(draft) || typeof draft === "string" ? {} : draft)
      : item.kind === "scenario" ? scene(item)
      : typed(item, words, draft);
    read = value;
    group.append(legend, control);
    const press = make("button", words.press, "jupyter-button mod-primary");
    press.type = "submit";
    form.replaceChildren(group, press);
    if (had) legend.focus();
  };

  form.addEventListener("change", () => {
    if (model.get("item").kind === "scenario") return;
    model.set("draft", read());
    model.save_changes();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    model.send({ answer: read() });
  });
  model.on("change:revision", draw);
  draw();
}
export default { render };
