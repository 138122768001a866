// The table of leaders, a page of it: names open a person, cells are corrected in place and moved through by Tab, Enter and
// the arrows; on a phone each person is a card. What is typed or pasted goes to Python, which alone knows the table.
function render({ model, el }) {
  const make = (name, text = "", className = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const bar = make("div", "", "row tools");
  const frame = make("div", "", "leaders-frame");
  const table = make("table", "", "leaders-table");
  const pages = make("div", "", "row pages");
  frame.tabIndex = 0;
  frame.role = "region";
  frame.append(table);
  el.append(bar, frame, pages);

  const words = () => model.get("words");
  const send = (said) => model.send(said);
  const button = (text, act, dead = false) => {
    const made = make("button", text, "jupyter-button");
    made.type = "button";
    made.disabled = dead;
    made.addEventListener("click", act);
    return made;
  };
  const find = (id, key) => table.querySelector(`[data-id="${CSS.escape(id)}"][data-key="${CSS.escape(key)}"]`);

  const keepFocus = (box, draw) => {
    const place = box.contains(document.activeElement) ? [...box.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    draw();
    if (place < 0) return;
    const those = [...box.querySelectorAll("button")];
    (those[place]?.disabled ? those.find((each) => !each.disabled) : those[place])?.focus();
  };

  const drawBar = () =>
    keepFocus(bar, () => {
      const { undo, redo, add } = words();
      const [back, again] = [model.get("undo"), model.get("redo")];
      bar.replaceChildren(
        ...(model.get("add") ? [button(add, () => send({ add: true }))] : []),
        ...(back ? [button(`${undo} ${back}`, () => send({ undo: true }))] : []),
        ...(again ? [button(`${redo} ${again}`, () => send({ redo: true }))] : []),
      );
      bar.hidden = !bar.children.length;
    });

  // Another page is read from its first row on.
  let turned = false;
  const turn = (page) => {
    turned = true;
    send({ page });
  };
  const drawPages = () =>
    keepFocus(pages, () => {
      const { start, many, total } = model.get("place");
      const said = make("span", words().place.replace("{first}", total ? start + 1 : 0).replace("{last}", Math.min(total, start + many)).replace("{total}", total.toLocaleString()));
      pages.replaceChildren(
        button(words().previous, () => turn(start - many), start <= 0),
        said,
        button(words().next, () => turn(start + many), start + many >= total),
      );
      pages.hidden = total <= many && start === 0;
    });

  const field = (row, column, value, place) => {
    let made;
    if (column.options) {
      made = make("select");
      for (const [key, text] of column.options) made.add(new Option(text, key, key === value, key === value));
      if (!column.options.some(([key]) => key === value)) made.add(new Option(row.shown[place], value, true, true));
      made.dataset.was = value;
    } else {
      // Words are read whole: what is too long for a line goes on in the next.
      made = make(column.day ? "input" : "textarea");
      made.defaultValue = row.shown[place];
      made.dataset.was = row.shown[place];
      made.dir = "auto";
      made.autocomplete = "off";
      if (!column.day) made.rows = 1;
    }
    made.dataset.id = row.id;
    made.dataset.key = column.key;
    made.setAttribute("aria-label", `${column.text}, ${row.name}`);
    return made;
  };

  // On a phone a card shows what comes first, and the rest once it is asked for.
  const whole = new Set();
  const first = (column, place) => place < 2 || column.key === "step";
  const rest = (row, line) => {
    const cell = make("td", "", "rest");
    const press = make("button", words().rest);
    press.type = "button";
    press.setAttribute("aria-label", `${words().rest}, ${row.name}`);
    const tell = () => {
      line.classList.toggle("whole", whole.has(row.id));
      press.setAttribute("aria-expanded", whole.has(row.id));
      grow([...line.querySelectorAll("textarea")]);
    };
    press.addEventListener("click", () => {
      if (!whole.delete(row.id)) whole.add(row.id);
      tell();
    });
    cell.append(press);
    tell();
    return cell;
  };

  const drawRow = (row, columns, wrong) => {
    const line = make("tr");
    const heading = make("th");
    heading.scope = "row";
    const open = make("button", "", "name press");
    open.type = "button";
    open.dataset.id = row.id;
    open.dataset.key = "name";
    open.append(make("bdi", row.name));
    open.addEventListener("click", () => send({ open: row.id }));
    heading.append(open);
    line.append(heading);
    columns.forEach((column, place) => {
      const cell = make("td", "", first(column, place) ? "" : "later");
      const label = make("span", column.text, "label");
      label.setAttribute("aria-hidden", "true");
      cell.append(label);
      if (column.read) {
        const text = make("bdi", row.shown[place] || "–", "derived");
        if (row.late.includes(column.key)) text.classList.add("late");
        cell.append(text);
      } else {
        const made = field(row, column, row.cells[place], place);
        cell.append(made);
        if (row.late.includes(column.key)) made.classList.add("late");
        if (row.open.includes(column.key)) {
          const open_ = make("span", words().to_agree, "to-agree");
          cell.append(open_);
        }
        const why = wrong[`${row.id} ${column.key}`];
        if (why) {
          const note = make("span", why[1], "wrong");
          note.id = `wrong-${row.id}-${column.key}`;
          made.setAttribute("aria-invalid", "true");
          made.setAttribute("aria-describedby", note.id);
          if (!column.options) made.value = why[0];
          cell.append(note);
        }
      }
      line.append(cell);
    });
    if (!columns.every(first)) line.append(rest(row, line));
    return line;
  };

  const drawHead = (columns) => {
    const head = make("thead");
    const line = head.insertRow();
    const sorted = model.get("sorted");
    for (const column of [{ key: "name", text: words().name, sorts: true }, ...columns]) {
      const cell = make("th");
      cell.scope = "col";
      if (column.sorts) {
        const press = make("button", column.text, "sorts");
        press.type = "button";
        press.addEventListener("click", () => send({ sort: column.key }));
        const here = sorted[0] === column.key;
        cell.setAttribute("aria-sort", here ? (sorted[1] ? "descending" : "ascending") : "none");
        cell.append(press);
      } else cell.append(make("span", column.text, "unsorted"));
      if (column.wide) cell.className = "wide";
      line.append(cell);
    }
    return head;
  };

  const draw = () => {
    const at = table.contains(document.activeElement) ? document.activeElement : null;
    const focused = at?.dataset.id ? { ...at.dataset } : null;
    const sorts = at?.matches(".sorts") ? [...table.querySelectorAll(".sorts")].indexOf(at) : -1;
    // What is being typed is newer than what Python says.
    const typed = at?.matches("input, textarea") && at.value !== at.dataset.was ? at.value : null;
    const columns = model.get("columns");
    const wrong = model.get("wrong");
    const body = make("tbody");
    let group = null;
    for (const row of model.get("rows")) {
      if (row.group !== null && row.group !== group) {
        group = row.group;
        const line = body.insertRow();
        line.className = "group";
        const heading = make("th");
        heading.colSpan = columns.length + 1;
        heading.scope = "rowgroup";
        heading.append(make("bdi", group[0]), ` ${group[1]}`);
        line.append(heading);
      }
      body.append(drawRow(row, columns, wrong));
    }
    table.replaceChildren(drawHead(columns), body);
    table.setAttribute("aria-label", words().table);
    frame.setAttribute("aria-label", words().table);
    frame.hidden = !model.get("rows").length;
    grow([...table.querySelectorAll("textarea")]);
    const back = focused && find(focused.id, focused.key);
    if (sorts >= 0) table.querySelectorAll(".sorts")[sorts]?.focus();
    if (!back) return;
    if (typed !== null) back.value = typed;
    back.focus();
  };

  // Where the browser does not do it itself: as high as what stands in it.
  const grow = (those) => {
    if (CSS.supports("field-sizing", "content")) return;
    const high = those.map((each) => ((each.style.blockSize = "auto"), each.scrollHeight));
    those.forEach((each, place) => (each.style.blockSize = `${high[place] + 2}px`));
  };

  const give = (made) => {
    if (made.value === made.dataset.was) return;
    made.dataset.was = made.value;
    send({ edit: [made.dataset.id, made.dataset.key, made.value] });
  };

  const go = (event, made, down) => {
    const rows = [...table.querySelectorAll(`[data-key="${CSS.escape(made.dataset.key)}"]`)];
    const to = rows[rows.indexOf(made) + down];
    if (!to) return give(made);
    event.preventDefault();
    to.focus();
    to.select?.();
  };

  table.addEventListener("change", (event) => event.target.matches("input, textarea, select") && give(event.target));
  table.addEventListener("keydown", (event) => {
    const made = event.target;
    if (!made.dataset?.key) return;
    const cell = made.matches("input, textarea");
    if ((event.key === "Enter" && cell) || (event.key === "ArrowDown" && !made.matches("select"))) go(event, made, 1);
    else if (event.key === "ArrowUp" && !made.matches("select")) go(event, made, -1);
    else if (event.key === "Escape" && cell) made.value = made.dataset.was;
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && (!cell || made.value === made.dataset.was)) {
      event.preventDefault();
      send(event.shiftKey ? { redo: true } : { undo: true });
    }
  });
  // Several cells at once are a piece of a spreadsheet: what they would change is told before it is kept.
  table.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const made = event.target.closest("[data-key]");
    send({ paste: text, at: made ? [made.dataset.id, made.dataset.key] : null });
  });

  table.addEventListener("input", (event) => event.target.matches("textarea") && grow([event.target]));

  model.on("change:revision", () => {
    draw();
    drawBar();
    drawPages();
    if (!turned) return;
    turned = false;
    frame.scrollIntoView({ block: "start" });
    table.querySelector(".name")?.focus({ preventScroll: true });
  });
  // The table may still be on its way back onto the page.
  const goTo = (id, key, tries = 0) => {
    const cell = find(id, key);
    if (cell?.offsetParent) {
      cell.focus({ preventScroll: true });
      cell.scrollIntoView({ block: "center" });
    } else if (tries < 20) setTimeout(() => goTo(id, key, tries + 1), 50);
  };
  model.on("msg:custom", ({ focus }) => focus && goTo(...focus));
  draw();
  drawBar();
  drawPages();
}
export default { render };
