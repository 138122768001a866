// The evening's clock: it ticks by itself from how much was left when Python last said so, whatever this device's own
// clock says. Where people take longer than was meant it counts on, quietly.
function render({ model, el }) {
  const face = document.createElement("div");
  const over = document.createElement("p");
  const track = document.createElement("div");
  const fill = document.createElement("span");
  face.setAttribute("role", "timer");
  face.className = "clock-face";
  over.className = "clock-said";
  track.className = "clock-track";
  track.setAttribute("aria-hidden", "true");
  track.append(fill);
  el.classList.add("clock");
  el.append(face, track, over);

  let from = Date.now();
  const take = () => {
    from = Date.now();
    draw();
  };
  const left = () => {
    const gone = model.get("stands") ? 0 : ((Date.now() - from) / 1000) * model.get("pace");
    return model.get("left") - gone;
  };
  const draw = () => {
    const shown = model.get("shown");
    el.hidden = !shown;
    if (!shown) return;
    const seconds = left();
    const whole = seconds >= 0 ? Math.ceil(seconds - 0.05) : Math.floor(-seconds);
    const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    const late = seconds < -0.95;
    const words = model.get("words");
    face.textContent = late ? `+${text}` : text;
    face.setAttribute("aria-label", `${late ? words.over : words.left}: ${text}`);
    face.classList.toggle("late", late);
    face.classList.toggle("stands", model.get("stands"));
    const whole_part = model.get("whole");
    fill.style.inlineSize = `${whole_part ? Math.max(0, Math.min(100, (100 * seconds) / whole_part)) : 0}%`;
    const half = model.get("half") && whole_part && seconds <= whole_part / 2 && seconds > 0;
    const said = model.get("stands") ? words.stands : late ? words.longer : half ? words.swapped : model.get("half") ? words.swap : "";
    if (over.textContent !== said) over.textContent = said;
  };
  model.on("change:sent", take);
  draw();
  const ticking = setInterval(draw, 200);
  return () => {
    clearInterval(ticking);
    model.off("change:sent", take);
  };
}
export default { render };
