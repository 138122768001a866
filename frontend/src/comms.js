// Jupyter's comms on the line: each widget has one, and hears its own messages in their order.

/** One comm, as the widget models expect it. */
export class Comm {
  constructor(channel, target_name, comm_id) {
    Object.assign(this, { channel, target_name, comm_id });
    this.last = Promise.resolve();
    this.unanswered = 0;
  }

  open(data, callbacks, metadata, buffers) {
    return this.say("comm_open", data, callbacks, metadata, buffers, { target_name: this.target_name });
  }

  send(data, callbacks, metadata, buffers) {
    return this.say("comm_msg", data, callbacks, metadata, buffers);
  }

  close(data, callbacks, metadata, buffers) {
    return this.say("comm_close", data, callbacks, metadata, buffers);
  }

  on_msg(hear) {
    this.hear = hear;
  }

  on_close(closed) {
    this.closed = closed;
  }

  /** Do this when all that came before has been taken. */
  queue(act) {
    this.last = this.last.then(act).catch(console.error);
  }

  say(type, data = {}, callbacks, metadata, buffers, more) {
    const content = { comm_id: this.comm_id, data, ...more };
    const done = (message) => {
      if (message.content.execution_state === "idle") this.unanswered--;
      callbacks?.iopub?.status?.(message);
    };
    this.unanswered++;
    return this.channel.send("shell", type, content, { metadata, buffers, done });
  }
}

/** All comms of a page. `opened(comm, message)` is called for one that Python opens. */
export class Comms {
  constructor(opened) {
    this.opened = opened;
    this.all = new Map();
  }

  add(comm) {
    this.all.set(comm.comm_id, comm);
    return comm;
  }

  /** Take a message from Python; false when it is not about a comm. */
  take(message, channel) {
    const { comm_id, target_name } = message.content;
    const comm = this.all.get(comm_id);
    switch (message.header.msg_type) {
      case "comm_open":
        if (!comm) this.opened(this.add(new Comm(channel, target_name, comm_id)), message);
        return true;
      case "comm_msg":
        comm?.queue(() => comm.hear?.(message));
        return true;
      case "comm_close":
        this.all.delete(comm_id);
        comm?.queue(() => comm.closed?.(message));
        return true;
      default:
        return false;
    }
  }
}
