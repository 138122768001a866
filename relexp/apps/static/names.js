// Names on the evening that can be pressed: which one was, and that whoever is chosen is let be (Escape).
function render({ model, el }) {
  el.hidden = true;
  const press = (event) => {
    const name = event.target.closest?.("button[data-person]");
    if (name) model.send({ person: name.dataset.person, round: Number(name.dataset.round) });
  };
  const leave = (event) => {
    if (event.key === "Escape" && event.target.closest?.(".hand")) model.send({ leave: true });
  };
  const mark = () => {
    for (const name of document.querySelectorAll("button[data-person][aria-current]")) name.removeAttribute("aria-current");
    const name = document.getElementById(model.get("chosen"));
    name?.setAttribute("aria-current", "true");
    // What can be done comes up from below on a narrow screen: the name stays in sight above it.
    if (name && matchMedia("(max-width: 60rem)").matches) name.scrollIntoView({ block: "start" });
  };
  model.on("change:chosen", mark);
  document.addEventListener("click", press);
  document.addEventListener("keydown", leave);
  return () => {
    model.off("change:chosen", mark);
    document.removeEventListener("click", press);
    document.removeEventListener("keydown", leave);
  };
}
export default { render };
