// A name for every control: ipywidgets leaves some without one that a screen reader could say.

const CONTROLS = "input:not([type=hidden]), select, textarea, button, [role=slider], [contenteditable=true]";

/** Name the controls of a view by its description, now and whenever that changes. */
export function nameControls(view) {
  const { model } = view;
  const give = () => {
    const words = plain(model.get("description")) || plain(model.get("placeholder")) || plain(model.get("tooltip"));
    if (!words) return;
    const controls = [...view.el.querySelectorAll(CONTROLS), view.el].filter((one) => one.matches(CONTROLS));
    const unnamed = controls.filter((one) => one.dataset.named || !named(one));
    unnamed.forEach((one, at) => {
      one.dataset.named = "yes";
      const which = unnamed.length > 1 ? ` ${at + 1}` : "";
      one.setAttribute("aria-label", words + which);
    });
  };
  if (!model?.get) return;
  view.listenTo(model, "change:description change:placeholder change:tooltip change:options", () => queueMicrotask(give));
  give();
}

function named(control) {
  return (
    control.getAttribute("aria-label") ||
    control.getAttribute("aria-labelledby") ||
    control.labels?.length ||
    (control.tagName === "BUTTON" && control.textContent.trim())
  );
}

function plain(html) {
  if (typeof html !== "string") return "";
  return new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
}
