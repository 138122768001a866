// A chart: the page says where its drawing program is, and only a page with a chart fetches it, once it can be used.
const CONFIG = { displayModeBar: false, responsive: true };

function usable() {
  return new Promise((go) => {
    const look = () => ("ready" in document.documentElement.dataset ? requestIdleCallback(go, { timeout: 500 }) : setTimeout(look, 20));
    window.requestIdleCallback ??= (call) => setTimeout(call, 1);
    look();
  });
}

function layout(model, place) {
  const { color, fontFamily } = getComputedStyle(place);
  const clear = { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", autosize: true };
  const margin = { t: 16, r: 16, b: 48, l: 56 };
  return { ...clear, margin, font: { color, family: fontFamily, size: 15 }, ...structuredClone(model.get("layout_")) };
}

async function render({ model, el }) {
  const place = document.createElement("div");
  place.className = "chart";
  place.setAttribute("role", "img");
  place.style.minHeight = `${model.get("height")}px`;
  el.append(place);
  const name = () => place.setAttribute("aria-label", model.get("label"));
  model.on("change:label", name);
  name();

  const { charts } = document.body.dataset;
  if (!charts) {
    place.textContent = model.get("label");
    return;
  }
  await usable();
  const { default: Plotly } = await import(new URL(charts, location.href).href);
  const draw = () => Plotly.react(place, structuredClone(model.get("data")), layout(model, place), CONFIG);
  model.on("change:data change:layout_", draw);
  await draw();
  return () => {
    model.off("change:data change:layout_", draw);
    Plotly.purge(place);
  };
}
export default { render };
