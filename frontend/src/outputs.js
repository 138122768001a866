// What Python shows: the outputs of the page's cells, and the Output widget, by the kind of their data.
import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base";
import { text } from "./sanitize.js";

// What is heavy waits until the page can be used (page.js says when).
const usable = new Promise((go) => addEventListener("page-ready", go, { once: true }));

const whole = (data) => (Array.isArray(data) ? data.join("") : String(data ?? ""));

/** Each kind of data that can be shown, the best first, and how: (data, bundle, manager) -> element. */
const KINDS = {
  "application/vnd.jupyter.widget-view+json": (data, bundle, manager) => {
    const element = document.createElement("div");
    manager.show(data.model_id, element).catch(console.error);
    return element;
  },
  "application/vnd.plotly.v1+json": (figure) => later(async (element) => {
    await usable;
    const { default: plotly } = await import(new URL(document.body.dataset.charts, location.href).href);
    await plotly.newPlot(element, figure.data, figure.layout, { displayModeBar: false, responsive: true });
  }),
  "text/html": markup,
  "image/svg+xml": markup,
  "image/png": picture("image/png"),
  "image/jpeg": picture("image/jpeg"),
  "image/gif": picture("image/gif"),
  "image/webp": picture("image/webp"),
  "text/markdown": (data) => later(async (element) => {
    const { marked } = await import("marked");
    element.innerHTML = text(marked.parse(whole(data)));
    await formulas(element);
  }),
  "text/latex": (data) => later(async (element) => {
    element.textContent = whole(data);
    await formulas(element);
  }),
  "text/plain": (data) => lines(whole(data)),
};

/** The element that shows one output (as in a notebook's file), or an empty one where no kind of it is known. */
export function show(output, manager) {
  if (output.output_type === "stream") return lines(whole(output.text), `stream ${output.name}`);
  if (output.output_type === "error") {
    return lines(whole(output.traceback?.join("\n") || `${output.ename}: ${output.evalue}`), "traceback");
  }
  const bundle = output.data ?? {};
  const kind = Object.keys(KINDS).find((name) => name in bundle);
  const element = kind ? KINDS[kind](bundle[kind], bundle, manager) : document.createElement("div");
  element.classList.add("output");
  return element;
}

/** Draw the formulas ($...$, $$...$$, \(...\), \[...\]) in an element; the drawing program is fetched when there is one. */
export async function formulas(element) {
  if (!/\$|\\[([]|\\begin/.test(element.textContent)) return;
  const { draw } = await import("./formulas.js");
  draw(element);
}

function markup(data) {
  // What an app's own notebook shows as HTML is the app's: it is set as it is, and the page's policy lets no script in it run.
  const element = document.createElement("div");
  element.className = "markup";
  element.innerHTML = whole(data);
  return element;
}

function picture(type) {
  return (data, bundle) => {
    const element = document.createElement("img");
    element.src = `data:${type};base64,${whole(data).replace(/\s/g, "")}`;
    element.alt = whole(bundle["text/plain"]).replace(/^<.*>$/s, "");
    return element;
  };
}

function lines(words, kind = "plain") {
  const element = document.createElement("pre");
  element.className = `output ${kind}`;
  // Colours meant for a terminal say nothing here.
  element.textContent = words.replace(/\x1b\[[0-9;]*m/g, "");
  return element;
}

function later(fill) {
  const element = document.createElement("div");
  element.className = "markup";
  fill(element).catch(console.error);
  return element;
}

const displayId = (output) => output.transient?.display_id;

/** The outputs of a cell, which `update_display` may change later. */
export class CellOutput {
  constructor(output, element, manager) {
    Object.assign(this, { output, element, manager });
    this.draw();
  }

  draw() {
    this.element.replaceChildren(show(this.output, this.manager));
  }

  update(id, data) {
    if (displayId(this.output) !== id) return;
    this.output = { ...this.output, data };
    this.draw();
  }
}

/** The Output widget: it takes what is shown while its `msg_id` is the message being answered. */
export class OutputModel extends DOMWidgetModel {
  defaults() {
    const module = "@jupyter-widgets/output";
    const names = { _model_name: "OutputModel", _view_name: "OutputView", _model_module: module, _view_module: module };
    return { ...super.defaults(), ...names, msg_id: "", outputs: [] };
  }

  initialize(attributes, options) {
    super.initialize(attributes, options);
    this.widget_manager.outputs.add(this);
    this.listenTo(this, "destroy", () => this.widget_manager.outputs.delete(this));
  }

  /** Take a message from Python; false when it is not for this output. */
  take({ header, parent_header, content }) {
    if (!this.get("msg_id") || parent_header.msg_id !== this.get("msg_id")) return false;
    const kind = header.msg_type;
    if (kind === "clear_output") {
      if (content.wait) this.clearNext = true;
      else this.put([]);
      return true;
    }
    if (!["stream", "display_data", "execute_result", "error"].includes(kind)) return false;
    const before = this.clearNext ? [] : this.get("outputs");
    this.clearNext = false;
    const last = before.at(-1);
    if (kind === "stream" && last?.output_type === "stream" && last.name === content.name) {
      this.put([...before.slice(0, -1), { ...last, text: whole(last.text) + content.text }]);
    } else {
      this.put([...before, { output_type: kind, ...content }]);
    }
    return true;
  }

  update(id, data) {
    const outputs = this.get("outputs");
    if (!outputs.some((output) => displayId(output) === id)) return;
    this.put(outputs.map((output) => (displayId(output) === id ? { ...output, data } : output)));
  }

  put(outputs) {
    this.set("outputs", outputs);
    this.save_changes();
  }
}

export class OutputView extends DOMWidgetView {
  render() {
    super.render();
    this.el.classList.add("jupyter-widgets", "widget-output");
    this.shown = [];
    this.listenTo(this.model, "change:outputs", () => this.draw());
    this.draw();
  }

  /** Outputs that stay as they are keep their elements: a widget among them keeps its focus. */
  draw() {
    const before = this.shown;
    this.shown = this.model.get("outputs").map((output, at) => {
      const same = before[at] && JSON.stringify(before[at].output) === JSON.stringify(output);
      return same ? before[at] : { output, element: show(output, this.model.widget_manager) };
    });
    this.el.replaceChildren(...this.shown.map(({ element }) => element));
  }
}
