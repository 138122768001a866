// The line to the visitor's Python: one websocket that comes back by itself and loses nothing on the way.
//
// Each message is kept until its `idle`. After a gap `kernel_info_request` is a barrier: Python takes messages in order,
// so whatever has not been begun (`busy`) once the barrier is answered never arrived, and is sent again as it was; the
// Python side takes a message with the same id once. A line can look open for minutes after it has died: where no answer
// comes in time, Python is asked on the control channel, and the line dropped if it stays silent.

import { BadFrame, PROTOCOL, decode, encode } from "./frames.js";
import { uuid } from "./uuid.js";

export const PATIENCE = {
  opening: 5000, // for a websocket to open
  begun: 4000, // from sending to `busy`
  sign: 2500, // for a sign of life after asking
  kernel: 4000, // for the server to say whether the Python is still there
  first: 250, // before the first new try; doubled each time,
  longest: 1500, // up to this
};

export class Channel {
  /** `onMessage(message)`, `onState("live" | "lost" | "gone")`, and `onBack()` after a gap is mended. */
  constructor(address, { onMessage, onState, onBack }) {
    Object.assign(this, { address, onMessage, onState, onBack });
    this.session = uuid();
    this.kept = new Map(); // id -> { frame, begun, done }
    this.state = "joining";
    this.tries = 0;
    this.received = 0;
    addEventListener("online", () => this.look());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    this.connect();
  }

  /** Send a message; `done(message)` hears its `busy` and `idle`. Gives the message's id. */
  send(channel, type, content, { metadata, buffers, done } = {}) {
    const { id, frame } = this.frame(channel, type, content, metadata, buffers);
    this.kept.set(id, { frame, begun: false, done });
    if (this.state === "live") {
      this.socket.send(frame);
      this.watch();
    }
    return id;
  }

  /** Whether the line still works, asked when there is reason to doubt it. */
  look() {
    if (this.state === "gone") return;
    if (!this.socket) return void this.again();
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const { socket, received } = this;
    socket.send(this.frame("control", "kernel_info_request", {}).frame);
    setTimeout(() => {
      if (this.socket === socket && this.received === received) this.drop();
    }, PATIENCE.sign);
  }

  frame(channel, msg_type, content, metadata, buffers) {
    const id = uuid();
    const date = new Date().toISOString();
    const header = { msg_id: id, msg_type, session: this.session, username: "", version: "5.4", date };
    return { id, frame: encode({ channel, header, content, metadata, buffers }) };
  }

  connect() {
    const socket = new WebSocket(`${this.address.replace(/^http/, "ws")}/channels?session_id=${this.session}`, PROTOCOL);
    socket.binaryType = "arraybuffer";
    const ours = (react) => (event) => this.socket === socket && react(event);
    socket.onopen = ours(() => this.opened());
    socket.onmessage = ours((event) => this.receive(event.data));
    socket.onclose = ours(() => this.drop());
    this.socket = socket;
    setTimeout(() => this.socket === socket && socket.readyState === WebSocket.CONNECTING && this.drop(), PATIENCE.opening);
  }

  opened() {
    if (this.state === "joining") return this.resume();
    const { id, frame } = this.frame("shell", "kernel_info_request", {});
    this.barrier = id;
    this.socket.send(frame);
    this.watch();
  }

  /** The line is whole again: what was begun is over, what was not is sent. */
  resume() {
    const back = this.state !== "joining";
    this.barrier = null;
    this.tries = 0;
    this.set("live");
    const kept = [...this.kept];
    for (const [, message] of kept) if (!message.begun) this.socket.send(message.frame);
    // Last, because what waited for these may now send something newer.
    const over = { header: { msg_type: "status" }, content: { execution_state: "idle" } };
    for (const [id, message] of kept) if (message.begun) this.finish(id, over);
    this.watch();
    if (back) this.onBack();
  }

  drop() {
    const { socket } = this;
    this.socket = this.barrier = null;
    socket?.close();
    if (this.state !== "gone") {
      if (this.state === "live") this.set("lost");
      clearTimeout(this.retry);
      const wait = Math.min(PATIENCE.longest, PATIENCE.first * 2 ** this.tries++);
      this.retry = setTimeout(() => this.again(), wait);
    }
  }

  /** Try once more, unless the server says that this Python has ended. */
  async again() {
    if (this.socket || this.asking || this.state === "gone") return;
    clearTimeout(this.retry);
    this.asking = true;
    try {
      const reply = await fetch(this.address, { signal: AbortSignal.timeout(PATIENCE.kernel) });
      if ([403, 404].includes(reply.status)) this.set("gone");
      else this.connect();
    } catch {
      this.set("lost");
      this.drop();
    } finally {
      this.asking = false;
    }
  }

  receive(data) {
    this.received++;
    let message;
    try {
      message = decode(data);
    } catch (error) {
      if (error instanceof BadFrame) return console.error(error);
      throw error;
    }
    if (message.channel !== "iopub") return;
    const parent = message.parent_header.msg_id;
    const idle = message.header.msg_type === "status" && message.content.execution_state === "idle";
    if (this.barrier && parent === this.barrier && idle) this.resume();
    if (message.header.msg_type === "status" && this.kept.has(parent)) {
      this.kept.get(parent).begun = true;
      if (idle) this.finish(parent, message);
      else this.kept.get(parent).done?.(message);
    }
    this.onMessage(message);
  }

  finish(id, message) {
    const { done } = this.kept.get(id);
    this.kept.delete(id);
    done?.(message);
  }

  /** Doubt the line when something sent is not begun in time. */
  watch() {
    clearTimeout(this.doubt);
    this.doubt = setTimeout(() => {
      if (this.barrier || [...this.kept.values()].some((message) => !message.begun)) {
        this.look();
        this.watch();
      }
    }, PATIENCE.begun);
  }

  set(state) {
    if (this.state === state) return;
    this.state = state;
    this.onState(state);
  }
}
