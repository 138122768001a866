// One of several, as native radio buttons: arrow keys move, and a screen reader hears which is picked.
function render({ model, el }) {
  const group = document.createElement("fieldset");
  const name = "pick-" + Math.random().toString(36).slice(2);
  group.className = "pick";
  el.append(group);

  const draw = () => {
    const had = group.contains(document.activeElement);
    const legend = document.createElement("legend");
    legend.textContent = model.get("label");
    group.replaceChildren(legend);
    model.get("options").forEach((text, place) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      const words = document.createElement("span");
      input.type = "radio";
      input.name = name;
      input.value = place;
      words.textContent = text;
      label.append(input, words);
      group.append(label);
    });
    mark();
    if (had) group.querySelector("input:checked")?.focus();
  };
  const mark = () => {
    for (const input of group.querySelectorAll("input")) input.checked = Number(input.value) === model.get("value");
  };
  group.addEventListener("change", (event) => {
    model.set("value", Number(event.target.value));
    model.save_changes();
  });
  model.on("change:label change:options", draw);
  model.on("change:value", mark);
  draw();
}
export default { render };
