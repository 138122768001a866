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
  byte: 0.02, // for each byte still on its way, before that: the slowest line that counts as whole takes 50 kB a second
  kernel: 4000, // for the server to say whether the Python is still there
  first: 250, // before the first new try; doubled each time,
  longest: 1500, // up to this
};

export class Channel {
  /**
   * `onMessage(message)`, `onState("live" | "lost" | "gone")`, and `onBack()` when after a gap all that was kept has been
   * answered: only then is what Python says newer than what the visitor did.
   */
  constructor(address, { onMessage, onState, onBack }) {
    Object.assign(this, { address, onMessage, onState, onBack });
    this.session = uuid();
    this.kept = new Map(); // id -> { message, sent, begun, done }
    this.state = "joining";
    this.tries = 0;
    this.received = 0;
    this.mending = false;
    addEventListener("online", () => this.look());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    this.connect();
  }

  /** Send a message; `done(message)` hears its `busy` and `idle`. Gives the message's id. */
  send(channel, type, content, { metadata, buffers, done } = {}) {
    const message = this.message(channel, type, content, metadata, buffers);
    const kept = { message, sent: 0, begun: false, done };
    this.kept.set(message.header.msg_id, kept);
    if (this.state === "live") {
      this.pass(kept);
      this.watch();
    }
    return message.header.msg_id;
  }

  /** Whether the line still works, asked when there is reason to doubt it. */
  look() {
    if (this.state === "gone") return;
    if (!this.socket) return void this.again();
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const { socket, received } = this;
    socket.send(encode(this.message("control", "kernel_info_request")));
    // The question waits behind all that was sent before it: a large sheet on a slow line.
    const ahead = Math.max(0, this.through - performance.now());
    setTimeout(() => {
      if (this.socket === socket && this.received === received) this.drop();
    }, ahead + PATIENCE.sign);
  }

  message(channel, msg_type, content = {}, metadata = {}, buffers = []) {
    const date = new Date().toISOString();
    const header = { msg_id: uuid(), msg_type, session: this.session, username: "", version: "5.4", date };
    return { channel, header, content, metadata, buffers };
  }

  pass(kept) {
    const { message } = kept;
    // Jupyter drops without a word what has the signature of something before: what is sent again must differ.
    const metadata = kept.sent ? { ...message.metadata, again: kept.sent } : message.metadata;
    const frame = encode({ ...message, metadata });
    kept.sent++;
    this.through = Math.max(this.through, performance.now()) + PATIENCE.byte * frame.byteLength;
    this.socket.send(frame);
  }

  connect() {
    const socket = new WebSocket(`${this.address.replace(/^http/, "ws")}/channels?session_id=${this.session}`, PROTOCOL);
    socket.binaryType = "arraybuffer";
    const ours = (react) => (event) => this.socket === socket && react(event);
    socket.onopen = ours(() => this.opened());
    socket.onmessage = ours((event) => this.receive(event.data));
    socket.onclose = ours(() => this.drop());
    this.socket = socket;
    this.through = 0; // when the slowest line would have carried all that was sent
    setTimeout(() => this.socket === socket && socket.readyState === WebSocket.CONNECTING && this.drop(), PATIENCE.opening);
  }

  opened() {
    if (this.state === "joining") return this.resume();
    const barrier = this.message("shell", "kernel_info_request");
    this.barrier = barrier.header.msg_id;
    this.socket.send(encode(barrier));
    this.watch();
  }

  /** The line is whole again: what was begun is over, what was not is sent. */
  resume() {
    this.mending ||= this.state !== "joining";
    this.barrier = null;
    this.tries = 0;
    this.set("live");
    const kept = [...this.kept];
    for (const [, one] of kept) if (!one.begun) this.pass(one);
    // Last, because what waited for these may now send something newer.
    const over = { header: { msg_type: "status" }, content: { execution_state: "idle" } };
    for (const [id, one] of kept) if (one.begun) this.finish(id, over);
    this.watch();
    this.mended();
  }

  mended() {
    if (!this.mending || this.kept.size || this.state !== "live") return;
    this.mending = false;
    this.onBack();
  }

  /** The Python at the other end is not the one that this page knew. */
  end() {
    this.set("gone");
    this.drop();
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
    const state = message.header.msg_type === "status" ? message.content.execution_state : "";
    if (["restarting", "autorestarting", "dead"].includes(state)) return this.end();
    const idle = state === "idle";
    if (this.barrier && parent === this.barrier && idle) this.resume();
    if (state && this.kept.has(parent)) {
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
    this.mended();
  }

  /** Doubt the line when something sent is not begun in time. */
  watch() {
    clearTimeout(this.doubt);
    this.doubt = setTimeout(() => {
      if (this.barrier || [...this.kept.values()].some((one) => !one.begun)) {
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
