// The columns of the sheet in the order in which they matter: each with its aim, moved by buttons, keys or dragging.
function render({ model, el }) {
  const list = document.createElement("ol");
  list.className = "differences";
  list.setAttribute("role", "list");
  el.append(list);
  let dragged = null;

  const tell = (more) => {
    model.set(more);
    model.save_changes();
  };
  const move = (place, to) => {
    const last = model.get("rows").length - 1;
    if (to < 0 || to > last) return;
    tell({ moved: [place, to, model.get("moved")[2] + 1] });
  };

  const draw = () => {
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const back = focused && [focused.closest("li").dataset.key, focused.dataset.does];
    const { up, down, aims, aim, order } = model.get("words");
    list.setAttribute("aria-label", order);
    list.replaceChildren(...model.get("rows").map((row, place) => item(row, place, { up, down, aims, aim })));
    if (!back) return;
    const found = [...list.children].find((one) => one.dataset.key === back[0]);
    const same = found?.querySelector(`[data-does="${back[1]}"]`);
    (same?.disabled ? found.querySelector("button:not([disabled])") : same)?.focus();
  };

  const item = (row, place, { up, down, aims, aim }) => {
    const one = document.createElement("li");
    one.dataset.key = row.key;
    one.draggable = true;
    const name = document.createElement("bdi");
    name.textContent = row.name;
    const strong = document.createElement("strong");
    strong.append(name);
    const says = document.createElement("span");
    says.className = "small";
    says.textContent = row.says;
    const words = document.createElement("span");
    words.className = "what";
    words.append(strong, " ", says);

    const select = document.createElement("select");
    select.dataset.does = "aim";
    select.setAttribute("aria-label", `${aim}: ${row.name}`);
    for (const [value, text] of aims) select.add(new Option(text, value, false, value === row.aim));
    select.addEventListener("change", () => tell({ aimed: [place, select.value, model.get("aimed")[2] + 1] }));

    const mover = (does, text, sign, to, dead) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "jupyter-button move";
      button.dataset.does = does;
      button.textContent = sign;
      button.disabled = dead;
      button.setAttribute("aria-label", `${text}: ${row.name}`);
      button.addEventListener("click", () => move(place, to));
      return button;
    };
    const last = model.get("rows").length - 1;
    const buttons = document.createElement("span");
    buttons.className = "movers";
    buttons.append(mover("up", up, "↑", place - 1, place === 0), mover("down", down, "↓", place + 1, place === last));
    one.append(words, select, buttons);

    one.addEventListener("dragstart", (event) => {
      dragged = place;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.name);
    });
    one.addEventListener("dragover", (event) => {
      if (dragged !== null) event.preventDefault();
    });
    one.addEventListener("drop", (event) => {
      if (dragged === null) return;
      event.preventDefault();
      move(dragged, place);
      dragged = null;
    });
    one.addEventListener("dragend", () => (dragged = null));
    return one;
  };

  model.on("change:rows change:words", draw);
  draw();
}
export default { render };
