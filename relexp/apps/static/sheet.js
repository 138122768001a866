// Choose a sheet: a native file input under a label that can also be dropped on.
function render({ model, el }) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const words = document.createElement("span");
  const hint = document.createElement("span");
  label.className = "sheet";
  input.type = "file";
  input.id = "sheet-" + Math.random().toString(36).slice(2);
  words.className = "sheet-words";
  hint.className = "sheet-hint";
  hint.id = input.id + "-hint";
  input.setAttribute("aria-describedby", hint.id);
  words.id = input.id + "-words";
  input.setAttribute("aria-labelledby", words.id);
  label.append(input, words, hint);
  el.append(label);

  const draw = () => {
    words.textContent = model.get("label");
    hint.textContent = model.get("hint");
    hint.hidden = !model.get("hint");
    input.accept = model.get("accept");
    label.classList.toggle("main", model.get("main"));
  };
  const take = async (file) => {
    if (!file) return;
    const fits = file.size <= model.get("most");
    model.set("name", file.name);
    model.set("size", file.size);
    model.set("content", new DataView(fits ? await file.arrayBuffer() : new ArrayBuffer(0)));
    model.set("chosen", model.get("chosen") + 1);
    model.save_changes();
  };
  input.addEventListener("change", async () => {
    await take(input.files[0]);
    input.value = "";
  });
  const over = (on) => (event) => {
    event.preventDefault();
    label.classList.toggle("over", on);
  };
  label.addEventListener("dragover", over(true));
  label.addEventListener("dragleave", over(false));
  label.addEventListener("drop", (event) => {
    over(false)(event);
    take(event.dataTransfer.files[0]);
  });
  model.on("change:label change:hint change:accept change:main", draw);
  draw();
}
export default { render };
