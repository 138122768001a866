// Lines one at a time: each with its themes as buttons, and by keyboard while the reader is in it. Where in the lines
// the reader is is known here alone, so that going on waits for nobody; Python is told which theme a line was given.
function render({ model, el }) {
  const words = (key, values = {}) => model.get("words")[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const made = (name, kind, ...inside) => {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    element.append(...inside);
    return element;
  };
  const id = "read-" + Math.random().toString(36).slice(2);
  const where = made("p", "reader-where");
  const text = made("p", "reader-line");
  const said = made("ul", "reader-said");
  const themes = made("div", "reader-themes");
  const steps = made("div", "reader-steps");
  const label = made("label");
  const progress = made("progress");
  const keys = made("p", "hint");
  const reader = made("section", "reader", where, text, said, themes, steps, made("div", "reader-count", label, progress), keys);
  text.dir = "auto";
  progress.id = label.htmlFor = id;
  text.id = `${id}-line`;
  reader.tabIndex = 0;
  reader.setAttribute("role", "group");
  reader.setAttribute("aria-describedby", text.id);
  el.append(reader);

  let at = 0;
  let shown = null;
  // What was pressed and is not yet known to be kept.
  const sent = new Map();

  const lines = () => model.get("lines");
  const noted = (line) => (sent.has(line) ? sent.get(line) : model.get("noted")[line]);
  const has = (line) => noted(line) !== undefined && noted(line) !== null;
  const called = (key) => model.get("themes").find((theme) => theme[0] === key)?.[1] ?? words("none");

  const button = (key, sign, name, more, press) => {
    const pressed = made("button", "jupyter-button");
    pressed.type = "button";
    pressed.dataset.key = key;
    const named = made("span", "reader-name", made("bdi", "", name));
    if (more) named.append(made("span", "small", more));
    if (sign) pressed.append(made("kbd", "", sign));
    pressed.append(named);
    pressed.addEventListener("click", press);
    return pressed;
  };
  const build = () => {
    const held = reader.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    const rows = model.get("themes").map(([key, name, when], place) =>
      button(key, place < 9 ? place + 1 : "", name, when, () => note(key)),
    );
    themes.replaceChildren(...rows, button("", "0", words("none"), "", () => note("")));
    const turns = [button("back", "←", words("back"), "", () => go(at - 1)), button("on", "→", words("on"), "", () => go(at + 1))];
    if (words("take_back")) turns.push(button("take_back", "", words("take_back"), "", () => note(null)));
    steps.replaceChildren(...turns);
    reader.setAttribute("aria-label", words("label"));
    keys.textContent = words("keys");
    if (held !== undefined) [...reader.querySelectorAll("button")].find((one) => one.dataset.key === held)?.focus();
    draw();
  };
  const draw = () => {
    const line = lines()[at];
    el.hidden = !line;
    if (!line) return;
    shown = line.id;
    where.textContent = `${words("line", { at: at + 1, count: lines().length })} · ${line.where}`;
    text.textContent = line.text;
    said.replaceChildren(...line.said.map(([who, theme]) => made("li", "", `${who}: `, made("bdi", "", theme))));
    said.hidden = !line.said.length;
    for (const one of themes.children) one.setAttribute("aria-pressed", noted(line.id) === one.dataset.key);
    steps.children[0].disabled = at === 0;
    steps.children[1].disabled = at === lines().length - 1;
    if (steps.children[2]) steps.children[2].disabled = !has(line.id);
    const count = lines().filter((each) => has(each.id)).length;
    progress.max = lines().length;
    progress.value = count;
    label.textContent = words("read", { count, all: lines().length });
  };
  const go = (to, before = "") => {
    if (to < 0 || to >= lines().length) return;
    const held = document.activeElement;
    at = to;
    draw();
    // A button that cannot be pressed any more must not take the keyboard away with it.
    if (held?.disabled) reader.focus();
    const live = document.getElementById("live");
    const theirs = lines()[at].said.map(([who, theme]) => `${who}: ${theme}.`).join(" ");
    if (live) live.textContent = `${before} ${where.textContent}: ${text.textContent} ${theirs}`.trim();
  };
  const note = (theme) => {
    const line = lines()[at];
    if (!line) return;
    sent.set(line.id, theme);
    model.send({ line: line.id, theme });
    const order = [...lines().keys()];
    const next = [...order.slice(at + 1), ...order.slice(0, at)].find((place) => !has(lines()[place].id));
    go(theme === null || next === undefined ? at : next, theme === null ? "" : `${called(theme)}.`);
  };
  const press = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const theme = /^[1-9]$/.test(event.key) ? model.get("themes")[event.key - 1]?.[0] : event.key === "0" ? "" : undefined;
    // A key that is held down is one press: it must not run through all lines.
    if (theme !== undefined) event.repeat || note(theme);
    else if (event.key === "ArrowLeft") go(at - 1);
    else if (event.key === "ArrowRight") go(at + 1);
    else return;
    event.preventDefault();
  };
  const settle = () => {
    for (const [line, theme] of sent) if ((model.get("noted")[line] ?? null) === theme) sent.delete(line);
    draw();
  };
  const renew = () => {
    const same = lines().findIndex((line) => line.id === shown);
    const unread = lines().findIndex((line) => !has(line.id));
    // Whoever is at a line stays there; whoever comes begins where nothing is noted yet.
    at = same >= 0 && reader.contains(document.activeElement) ? same : Math.max(unread, 0);
    draw();
  };
  const failed = (content) => {
    if ("failed" in content && sent.delete(content.failed)) draw();
  };
  reader.addEventListener("keydown", press);
  // The keys count while the reader is in the line: a press anywhere in it is enough.
  reader.addEventListener("click", (event) => event.target.closest("button") || reader.focus());
  model.on("change:lines", renew);
  model.on("change:noted", settle);
  model.on("change:themes change:words", build);
  model.on("msg:custom", failed);
  build();
  renew();
  return () => {
    model.off("change:lines", renew);
    model.off("change:noted", settle);
    model.off("change:themes change:words", build);
    model.off("msg:custom", failed);
  };
}
export default { render };
