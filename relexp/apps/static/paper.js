// Papers to print or to save: a press asks Python for the page, which goes to the browser's own printer through a frame
// that nobody sees (its words come with it, so no address is asked for), or to the visitor's disk as a file.
function render({ model, el }) {
  const words = (key) => model.get("words")[key];
  const said = document.createElement("p");
  let frame = null;
  let busy = null;
  said.className = "hint";
  said.setAttribute("role", "status");
  el.classList.add("papers");

  const press = (thing, how, label, main) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.className = "jupyter-button" + (main ? " mod-primary" : "");
    button.addEventListener("click", () => {
      if (busy) return;
      busy = button;
      button.setAttribute("aria-busy", "true");
      said.textContent = words("making");
      model.send({ page: thing.page, how });
    });
    return button;
  };
  const entry = (thing) => {
    const item = document.createElement("li");
    const about = document.createElement("div");
    const title = document.createElement("strong");
    const place = document.createElement("span");
    title.textContent = thing.title;
    place.textContent = thing.place;
    place.className = "small";
    about.append(title, place);
    item.append(about);
    for (const how of ["print", "save"]) {
      const button = press(thing, how, words(how));
      button.setAttribute("aria-label", `${words(how)}: ${thing.title}`);
      item.append(button);
    }
    return item;
  };
  const draw = () => {
    const [whole, ...things] = model.get("things");
    const row = document.createElement("div");
    const list = document.createElement("ul");
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    row.className = "row presses";
    row.append(press(whole, "print", words("print_all"), !words("second")), press(whole, "save", words("save_all")));
    summary.textContent = words("list");
    list.append(...things.map(entry));
    list.setAttribute("role", "list");
    details.append(summary, list);
    el.replaceChildren(row, said);
    if (things.length) el.append(details);
  };

  const print = (text) => {
    frame?.remove();
    frame = document.createElement("iframe");
    // No script of a page runs, whatever stands in it; the dialog is the parent's to ask for.
    frame.sandbox = "allow-same-origin allow-modals";
    frame.className = "unseen";
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    frame.addEventListener("load", () => frame.contentWindow.print(), { once: true });
    frame.srcdoc = text;
    document.body.append(frame);
  };
  const save = (bytes, file) => {
    const address = URL.createObjectURL(new Blob([bytes], { type: "text/html" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  const take = (message, buffers) => {
    busy?.removeAttribute("aria-busy");
    busy = null;
    said.textContent = message.said ?? "";
    if (message.how === "print") print(new TextDecoder().decode(buffers[0]));
    if (message.how === "save") save(buffers[0], message.file);
  };
  model.on("msg:custom", take);
  model.on("change:things", draw);
  draw();
  return () => {
    model.off("msg:custom", take);
    frame?.remove();
  };
}
export default { render };
