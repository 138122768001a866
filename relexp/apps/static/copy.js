// Words to copy: they stand there to be read, and a button puts them on the clipboard.
function render({ model, el }) {
  const area = document.createElement("textarea");
  const label = document.createElement("label");
  const button = document.createElement("button");
  const said = document.createElement("p");
  area.id = "copy-" + Math.random().toString(36).slice(2);
  area.dir = "auto";
  area.readOnly = true;
  label.htmlFor = area.id;
  button.type = "button";
  button.className = "jupyter-button";
  said.className = "hint";
  said.setAttribute("role", "status");
  el.classList.add("copy");
  el.append(label, area, button, said);

  const draw = () => {
    label.textContent = model.get("label");
    button.textContent = model.get("press");
  };
  const fill = () => {
    area.value = model.get("text");
    area.rows = area.value.split("\n").length + 4;
    said.textContent = "";
  };
  button.addEventListener("click", async () => {
    area.select();
    let done = false;
    try {
      // Only where the page came over an encrypted line, or from this computer.
      await navigator.clipboard.writeText(area.value);
      done = true;
    } catch {
      done = document.execCommand("copy");
    }
    said.textContent = model.get(done ? "done" : "failed");
  });
  model.on("change:label change:press", draw);
  model.on("change:text", fill);
  draw();
  fill();
}
export default { render };
