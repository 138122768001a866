// The list at the door: type a few letters of a name, press "Here". It looks in the browser, so that a queue need not
// wait. What people are called is only ever text.
function render({ model, el }) {
  const words = (key) => model.get("words")[key];
  const id = "door-" + Math.random().toString(36).slice(2);
  const label = document.createElement("label");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  const note = document.createElement("p");
  const all = document.createElement("button");
  const A_FEW = 12;
  let most = A_FEW;
  let shown = [];

  label.htmlFor = input.id = id;
  label.textContent = words("find");
  input.type = "search";
  input.autocomplete = "off";
  input.spellcheck = false;
  list.setAttribute("role", "list");
  list.className = "door-list";
  note.className = "hint";
  note.setAttribute("role", "status");
  all.type = "button";
  all.className = "jupyter-button";
  el.classList.add("door");
  el.append(label, input, list, note, all);

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const state = (person) => model.get("states")[person] ?? 0;
  const wanted = () => {
    const found = plain(input.value).split(/\s+/).filter(Boolean);
    const view = model.get("view");
    const people = model.get("people").filter(([person, name, group]) => {
      // A name that is typed is looked for among everybody: whoever stands there may have been let in already.
      if (!found.length) return state(person) === view;
      const parts = plain(`${name} ${group}`).split(/[\s'’-]+/);
      const whole = plain(name);
      // Few letters begin a name; more of them may stand anywhere in it.
      return found.every((each) => parts.some((part) => part.startsWith(each)) || (each.length > 2 && whole.includes(each)));
    });
    const came = model.get("came");
    const place = new Map(came.map((person, at) => [person, at]));
    // Whoever is still to come first; those who are here in the order in which they came.
    return people.sort((one, other) => state(one[0]) - state(other[0]) || (place.get(one[0]) ?? 0) - (place.get(other[0]) ?? 0));
  };
  const entry = ([person, name, group]) => {
    const item = document.createElement("li");
    const who = document.createElement("span");
    const called = document.createElement("bdi");
    const from = document.createElement("span");
    const called_from = document.createElement("bdi");
    const press = document.createElement("button");
    const at = state(person);
    called.textContent = name;
    called.className = "door-name";
    called_from.textContent = group;
    from.className = "small";
    from.append(called_from);
    who.append(called, " ", from);
    press.type = "button";
    press.className = "jupyter-button" + (at === 0 && shown.length === 1 && input.value ? " mod-primary" : "");
    press.textContent = words(["here", "left", "back"][at]);
    press.setAttribute("aria-label", `${press.textContent}: ${name}`);
    press.dataset.at = person;
    press.addEventListener("click", () => send(person, at));
    if (at) {
      const mark = document.createElement("span");
      mark.className = at === 1 && model.get("off").includes(person) ? "door-state off" : "door-state";
      mark.textContent = words(at === 2 ? "has_left" : mark.classList.contains("off") ? "off" : "is_here");
      const ask = document.createElement("button");
      ask.type = "button";
      ask.className = "door-ask";
      ask.textContent = words("asked");
      ask.setAttribute("aria-label", `${ask.textContent}: ${name}`);
      ask.addEventListener("click", () => model.send({ ask: person }));
      item.append(who, ask, mark, press);
    } else item.append(who, press);
    return item;
  };
  const send = (person, at) => {
    model.send(at === 1 ? { go: person } : { come: person });
    if (input.value) {
      input.value = "";
      input.focus();
      most = A_FEW;
      draw();
    }
  };
  const draw = () => {
    const held = document.activeElement;
    const at = [...list.children].findIndex((item) => item.contains(held));
    const which = held?.className === "door-ask" ? ".door-ask" : ".jupyter-button";
    shown = wanted();
    list.replaceChildren(...shown.slice(0, most).map(entry));
    note.textContent = shown.length ? "" : words(input.value ? "nobody" : ["none_expected", "none_here", "none_left"][model.get("view")]);
    all.textContent = words("all").replace("{count}", shown.length);
    all.hidden = shown.length <= most;
    if (at >= 0) (list.children[Math.min(at, list.children.length - 1)]?.querySelector(which) ?? input).focus();
  };
  input.addEventListener("input", () => {
    most = A_FEW;
    draw();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && input.value && shown.length === 1 && state(shown[0][0]) !== 1) send(shown[0][0], state(shown[0][0]));
    if (event.key === "Escape") {
      input.value = "";
      draw();
    }
  });
  all.addEventListener("click", () => {
    most = Infinity;
    draw();
  });
  const again = () => {
    most = A_FEW;
    draw();
  };
  model.on("change:people change:states change:off", draw);
  model.on("change:view", again);
  draw();
  return () => {
    model.off("change:people change:states change:off", draw);
    model.off("change:view", again);
  };
}
export default { render };
