// Hand over a file: the press asks Python for its bytes, which become a file on the visitor's own disk.
function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  el.append(button);
  const draw = () => {
    button.textContent = model.get("label");
    button.className = "jupyter-button" + (model.get("main") ? " mod-primary" : "");
  };
  button.addEventListener("click", () => model.send({ wanted: true }));
  const keep = (message, buffers) => {
    if (!message.file) return;
    const address = URL.createObjectURL(new Blob([buffers[0]], { type: model.get("kind") }));
    const link = document.createElement("a");
    link.href = address;
    link.download = message.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  model.on("msg:custom", keep);
  model.on("change:label change:main", draw);
  draw();
  return () => model.off("msg:custom", keep);
}
export default { render };
