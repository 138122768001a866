// Speak through the page's one live region, and lead the reader to what has just appeared.
function render({ model, el }) {
  el.hidden = true;
  const speak = () => {
    const live = document.getElementById("live");
    if (live) live.textContent = model.get("text");
  };
  const lead = () => {
    const id = model.get("go");
    if (!id) return;
    // The piece that holds the heading may still be on its way into the page.
    let tries = 0;
    const look = () => {
      // A page that was looked at before may still hold a heading of the same name, out of sight.
      const heading = [...document.querySelectorAll(`#${CSS.escape(id)}`)].find((each) => each.offsetParent !== null);
      if (!heading) {
        if (tries++ < 20) setTimeout(look, 50);
        return;
      }
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      heading.focus({ preventScroll: true });
      // A glide shows where it goes; a long one only makes dizzy.
      const near = Math.abs(heading.getBoundingClientRect().top) < innerHeight && scrollY > 0;
      // A line that is led to because its button went stays where it is, as far as it can be seen.
      const block = heading.matches("h1, h2, h3") ? "start" : "nearest";
      heading.scrollIntoView({ behavior: calm || !near ? "auto" : "smooth", block });
    };
    look();
  };
  model.on("change:text", speak);
  model.on("change:go", lead);
}
export default { render };
