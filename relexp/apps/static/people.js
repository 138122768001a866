// People to open, each with what is said of them, and what can be done about each.
function render({ model, el }) {
  const list = document.createElement("ol");
  list.className = "people-list";
  list.setAttribute("role", "list");
  el.append(list);

  const button = (text, className, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.append(text);
    made.addEventListener("click", act);
    return made;
  };
  const draw = () => {
    const place = [...list.querySelectorAll("button")].indexOf(document.activeElement);
    list.setAttribute("aria-label", model.get("label"));
    list.hidden = !model.get("people").length;
    list.replaceChildren(
      ...model.get("people").map(({ id, name, says, presses: own }) => {
        const line = document.createElement("li");
        // What is about many takes the whole width.
        if (own) line.className = "many";
        const who = document.createElement("bdi");
        who.textContent = name;
        const why = document.createElement("ul");
        for (const text of says) why.append(Object.assign(document.createElement("li"), { textContent: text, dir: "auto" }));
        const open = button(who, "name press", () => model.send({ press: "open", id }));
        open.dataset.id = id;
        line.append(open, why);
        const presses = (own ?? model.get("presses")).map(({ key, text }) => {
          const made = button(text, "jupyter-button", () => model.send({ press: key, id }));
          made.setAttribute("aria-label", `${text}: ${name}, ${says.join(" ")}`);
          return made;
        });
        if (presses.length) {
          const row = document.createElement("div");
          row.className = "row";
          row.append(...presses);
          line.append(row);
        }
        return line;
      }),
    );
    // Whoever pressed a button that is gone goes on with the next one.
    const those = list.querySelectorAll("button");
    if (place >= 0) those[Math.min(place, those.length - 1)]?.focus();
  };
  const goTo = (id, tries = 0) => {
    const name = list.querySelector(`.name[data-id="${CSS.escape(id)}"]`);
    if (name?.offsetParent) {
      name.focus({ preventScroll: true });
      name.scrollIntoView({ block: "center" });
    } else if (tries < 20) setTimeout(() => goTo(id, tries + 1), 50);
  };
  model.on("msg:custom", ({ focus }) => focus && goTo(focus));
  model.on("change:people change:label", draw);
  draw();
}
export default { render };
