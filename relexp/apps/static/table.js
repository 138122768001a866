// A sheet to correct in place: native inputs in a table, moved through by Tab, Enter and the arrows; on a phone each row
// is a card. What is typed goes to Python when the cell is left; what Python changes comes back whole.
const SCREENFUL = 60;

function render({ model, el }) {
  const bar = document.createElement("div");
  const table = document.createElement("table");
  const more = document.createElement("button");
  bar.className = "row tools";
  table.className = "sheet-table";
  more.type = "button";
  more.className = "jupyter-button";
  el.append(bar, table, more);
  let shown = SCREENFUL;

  const words = () => model.get("words");
  const send = (said) => model.send(said);
  const input = (row, at) => table.querySelector(`input[data-row="${row}"][data-at="${at}"]`);

  const button = (text, act, dead = false) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "jupyter-button";
    made.textContent = text;
    made.disabled = dead;
    made.addEventListener("click", act);
    return made;
  };

  const drawBar = () => {
    const does = bar.contains(document.activeElement) ? [...bar.children].indexOf(document.activeElement) : -1;
    const { add, undo, redo, reveal, hide } = words();
    const columns = document.createElement("select");
    columns.setAttribute("aria-label", words().column);
    columns.add(new Option(words().column, "", true, true));
    for (const text of model.get("addable")) columns.add(new Option(text, text));
    columns.addEventListener("change", () => send({ column: columns.value }));
    bar.replaceChildren(
      button(undo, () => send({ undo: true }), !model.get("can_undo")),
      button(redo, () => send({ redo: true }), !model.get("can_redo")),
      button(add, () => send({ add: true })),
      columns,
      ...(model.get("any_private") ? [button(model.get("revealed") ? hide : reveal, () => send({ reveal: !model.get("revealed") }))] : []),
    );
    if (does >= 0) (bar.children[does]?.disabled ? bar.querySelector("button:not([disabled])") : bar.children[does])?.focus();
  };

  const faultsOf = () => {
    const found = new Map();
    for (const [row, at, text] of model.get("faults")) {
      const key = `${row} ${at}`;
      found.set(key, [...(found.get(key) ?? []), text]);
    }
    return found;
  };

  const draw = () => {
    const field = table.contains(document.activeElement) ? document.activeElement : null;
    const focused = field ? { ...field.dataset } : null;
    // What is being typed is newer than what Python says.
    const typed = field?.matches("input") && field.value !== field.defaultValue ? field.value : null;
    const caret = [field?.selectionStart, field?.selectionEnd];
    const header = model.get("header");
    const rows = model.get("rows");
    const faults = faultsOf();
    const faulty = [...faults.keys()].map((key) => Number(key.split(" ")[0]));
    const last = Math.max(shown, Number(focused?.row ?? 0) + 1, ...faulty.map((row) => row + 1));
    // Where something is to be mended, that alone is on the screen until all is asked for.
    const places = model.get("only").length ? model.get("only") : [...rows.keys()].slice(0, last);
    const head = document.createElement("thead");
    const line = head.insertRow();
    const corner = document.createElement("th");
    corner.scope = "col";
    corner.textContent = words().row;
    line.append(corner);
    const wrong = new Set([...faults.keys()].map((key) => Number(key.split(" ")[1])));
    header.forEach(({ at, text }, place) => {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = text;
      // A column is as wide as what stands in it, within reason, and as a sentence that is to be read in it needs.
      const longest = Math.max(...places.map((row) => rows[row][place].length));
      const word = Math.max(...text.split(/\s/).map((each) => each.length));
      cell.style.inlineSize = `${Math.min(36, Math.max(wrong.has(at) ? 26 : 6, word + 3, text.length / 2 + 3, longest + 2))}ch`;
      line.append(cell);
    });
    line.append(document.createElement("td"));
    const body = document.createElement("tbody");
    for (const row of places) body.append(drawRow(rows[row], row, header, faults));
    table.replaceChildren(head, body);
    table.setAttribute("aria-label", words().table);
    more.textContent = words().more.replace("{count}", rows.length);
    more.hidden = rows.length <= places.length;
    const back = focused && (input(focused.row, focused.at) ?? input(Math.min(Number(focused.row), rows.length - 1), focused.at));
    if (!back) return;
    if (typed !== null) back.value = typed;
    back.focus();
    if (caret[0] !== undefined) back.setSelectionRange(...caret);
  };

  const drawRow = (cells, row, header, faults) => {
    const line = document.createElement("tr");
    const number = model.get("numbers")[row];
    const heading = document.createElement("th");
    heading.scope = "row";
    heading.dataset.word = words().row;
    heading.textContent = number;
    line.append(heading);
    header.forEach(({ at, text }, place) => {
      const cell = document.createElement("td");
      const label = document.createElement("span");
      const field = document.createElement("input");
      label.className = "label";
      label.textContent = text;
      label.setAttribute("aria-hidden", "true");
      field.defaultValue = cells[place];
      field.dir = "auto";
      field.autocomplete = "off";
      field.dataset.row = row;
      field.dataset.at = at;
      field.setAttribute("aria-label", `${text}, ${words().row} ${number}`);
      cell.append(label, field);
      const wrong = faults.get(`${row} ${at}`);
      if (wrong) {
        const note = document.createElement("span");
        note.className = "wrong";
        note.id = `wrong-${row}-${at}`;
        note.textContent = wrong.join(" ");
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", note.id);
        cell.append(note);
      }
      line.append(cell);
    });
    const out = document.createElement("td");
    const remove = button(words().remove, () => send({ remove: row }));
    remove.setAttribute("aria-label", `${words().remove}: ${words().row} ${number}`);
    out.append(remove);
    const whole = faults.get(`${row} -1`);
    if (whole) {
      const note = document.createElement("span");
      note.className = "wrong";
      note.textContent = whole.join(" ");
      out.append(note);
    }
    line.append(out);
    return line;
  };

  const give = (field) => {
    if (field.value === field.defaultValue) return;
    field.defaultValue = field.value;
    send({ edit: [Number(field.dataset.row), Number(field.dataset.at), field.value] });
  };

  const go = (event, field, down) => {
    const line = field.closest("tr");
    const to = (down > 0 ? line.nextElementSibling : line.previousElementSibling)?.querySelector(`input[data-at="${field.dataset.at}"]`);
    if (!to) return give(field);
    event.preventDefault();
    to.focus();
    to.select();
  };

  table.addEventListener("change", (event) => event.target.matches("input") && give(event.target));
  table.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches("input")) return;
    if (event.key === "Enter" || event.key === "ArrowDown") go(event, field, 1);
    else if (event.key === "ArrowUp") go(event, field, -1);
    else if (event.key === "Escape") field.value = field.defaultValue;
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && field.value === field.defaultValue) {
      event.preventDefault();
      send(event.shiftKey ? { redo: true } : { undo: true });
    }
  });
  more.addEventListener("click", () => {
    const before = table.tBodies[0].rows.length;
    shown = model.get("rows").length;
    if (model.get("only").length) return send({ all: true });
    draw();
    // The button is gone: go on where the new rows begin.
    table.tBodies[0].rows[before]?.querySelector("input")?.focus();
  });

  model.on("change:revision", () => {
    draw();
    drawBar();
  });
  model.on("msg:custom", ({ focus }) => {
    if (!focus) return;
    if (focus[0] >= shown) {
      shown = focus[0] + 1;
      draw();
    }
    (input(...focus) ?? table.querySelector("input"))?.focus();
  });
  draw();
  drawBar();
}
export default { render };
