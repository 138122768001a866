// The widgets of a page: their models from Python's state, their views in the page, and the messages between.
import * as base from "@jupyter-widgets/base";
import { CONTROL_COMM_PROTOCOL_VERSION, CONTROL_COMM_TARGET, ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import { MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { keepWords } from "./access.js";
import * as anywidget from "./anywidget.js";
import { Comm, Comms } from "./comms.js";
import { CellOutput, OutputModel, OutputView, formulas } from "./outputs.js";
import { inline } from "./sanitize.js";
import { uuid } from "./uuid.js";

const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  "@jupyter-widgets/output": { OutputModel, OutputView },
  anywidget,
};

export class Manager extends ManagerBase {
  constructor(channel) {
    super();
    this.channel = channel;
    this.outputs = new Set();
    this.cells = [];
    this.comms = new Comms((comm, message) => {
      if (comm.target_name === this.comm_target_name) this.handle_comm_open(comm, message).catch(console.error);
    });
  }

  /** A message from Python. */
  take(message) {
    if (this.comms.take(message, this.channel)) return;
    if (message.header.msg_type === "update_display_data") {
      const { data, transient } = message.content;
      for (const shown of [...this.outputs, ...this.cells]) shown.update(transient?.display_id, data);
    } else {
      for (const output of this.outputs) if (output.take(message)) return;
    }
  }

  /** Make all models from the state that came with the page; every one is registered before the first is awaited. */
  async begin(states) {
    await Promise.all(
      Object.entries(states).map(async ([model_id, { state, buffers = [], ...model }]) => {
        const bytes = buffers.map(({ data }) => new DataView(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)).buffer));
        base.put_buffers(state, buffers.map(({ path }) => path), bytes);
        const comm = await this._create_comm(this.comm_target_name, model_id);
        await this.new_model({ ...model, model_id, comm }, state);
      }),
    );
  }

  /** Ask Python for the state of everything: after a gap nobody knows what was missed. */
  refresh() {
    const comm = this.comms.add(new Comm(this.channel, CONTROL_COMM_TARGET, uuid()));
    comm.on_msg(({ content, buffers }) => {
      const { method, states, buffer_paths } = content.data;
      if (method !== "update_states") return;
      base.put_buffers(states, buffer_paths, buffers);
      comm.close();
      this.comms.all.delete(comm.comm_id);
      return this.takeStates(states);
    });
    // A Python that has been started anew knows nothing of widgets, and hangs up.
    comm.on_close(() => this.takeStates({}));
    comm.open({}, {}, { version: CONTROL_COMM_PROTOCOL_VERSION });
    comm.send({ method: "request_states" });
  }

  /** Take the state of every widget, in its place among what Python says of each: after what came before, before what comes. */
  takeStates(states) {
    const known = Object.keys(this._models);
    if (known.length && !known.some((id) => id in states)) return this.channel.end();
    for (const id of known) {
      const comm = this.comms.all.get(id);
      // What the visitor has done meanwhile is newer.
      if (comm && id in states && !comm.unanswered) comm.queue(() => this.takeState(comm, id, states[id].state));
    }
    return this.begin(Object.fromEntries(Object.entries(states).filter(([id]) => !this.has_model(id))));
  }

  async takeState(comm, id, state) {
    const model = await this.get_model(id);
    const made = await model.constructor._deserialize_state(state, this);
    if (!comm.unanswered) model.set_state(made);
  }

  /** Show a widget in an element. */
  async show(model_id, element) {
    const view = await this.create_view(await this.get_model(model_id));
    const { luminoWidget } = view;
    // As Widget.attach does, for an element that may not be in the page yet.
    MessageLoop.sendMessage(luminoWidget, Widget.Msg.BeforeAttach);
    element.append(luminoWidget.node);
    MessageLoop.sendMessage(luminoWidget, Widget.Msg.AfterAttach);
    return view;
  }

  /** Show one output of a cell in its place. */
  showOutput(output, element) {
    this.cells.push(new CellOutput(output, element, this));
  }

  async create_view(model, options) {
    const view = await super.create_view(model, options);
    keepWords(view);
    view.listenTo(model, "change:description change:placeholder change:tooltip", () => keepWords(view));
    if (model.name === "HTMLMathModel" || model.name === "LabelModel") {
      const typeset = () => formulas(view.el).catch(console.error);
      view.listenTo(model, "change", typeset); // after the view's own answer to it
      typeset();
    }
    return view;
  }

  async loadClass(name, module) {
    const found = MODULES[module]?.[name];
    if (!found) throw new Error(`This page knows no ${name} of ${module}: its notebook needs the template "lab"`);
    return found;
  }

  inline_sanitize(source) {
    return inline(source);
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.comms.add(new Comm(this.channel, target, id));
    if (data || metadata) comm.open(data, {}, metadata, buffers);
    return comm;
  }
}
