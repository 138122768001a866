// A message on the line as bytes and back: Jupyter's frame v1.kernel.websocket.jupyter.org.
// A count, that many offsets (64 bits, little end first), then the parts they mark: channel, header, parent, metadata,
// content, and any buffers. Nothing is read before its place has been checked.

export const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const TEXTS = 5; // channel, header, parent, metadata, content
const WORD = 8;

/** The one thing that `decode` throws: bytes that are no message. */
export class BadFrame extends Error {
  name = "BadFrame";
}

/** The bytes of a message. */
export function encode({ channel, header, parent_header = {}, metadata = {}, content = {}, buffers = [] }) {
  const text = new TextEncoder();
  const parts = [
    text.encode(channel),
    ...[header, parent_header, metadata, content].map((part) => text.encode(JSON.stringify(part))),
    ...buffers.map(bytes),
  ];
  const count = parts.length + 1;
  const offsets = [WORD * (count + 1)];
  for (const part of parts) offsets.push(offsets.at(-1) + part.length);
  const frame = new Uint8Array(offsets.at(-1));
  const words = new DataView(frame.buffer);
  words.setBigUint64(0, BigInt(count), true);
  offsets.forEach((offset, at) => words.setBigUint64(WORD * (at + 1), BigInt(offset), true));
  parts.forEach((part, at) => frame.set(part, offsets[at]));
  return frame.buffer;
}

/** The message in an ArrayBuffer. Throws BadFrame, and nothing else, where there is none. */
export function decode(data) {
  if (!(data instanceof ArrayBuffer)) throw new BadFrame("not bytes");
  const offsets = places(data);
  const text = new TextDecoder("utf-8", { fatal: true });
  const part = (at) => new Uint8Array(data, offsets[at], offsets[at + 1] - offsets[at]);
  try {
    const channel = text.decode(part(0));
    const [header, parent_header, metadata, content] = [1, 2, 3, 4].map((at) => JSON.parse(text.decode(part(at))));
    if (typeof header?.msg_type !== "string" || !content) throw new BadFrame("no message");
    const buffers = [];
    for (let at = TEXTS; at < offsets.length - 1; at++) {
      buffers.push(new DataView(data.slice(offsets[at], offsets[at + 1])));
    }
    return { channel, header, parent_header: parent_header ?? {}, metadata: metadata ?? {}, content, buffers };
  } catch (error) {
    throw error instanceof BadFrame ? error : new BadFrame(error.message);
  }
}

/** Where the parts begin, and the last one ends. */
function places(data) {
  if (data.byteLength < WORD) throw new BadFrame("too short");
  const words = new DataView(data);
  const claimed = words.getBigUint64(0, true);
  // Compared before it is made a number: a count of 2^63 must not become a loop.
  if (claimed < BigInt(TEXTS + 1) || claimed > BigInt(Math.floor(data.byteLength / WORD) - 1)) {
    throw new BadFrame("a count of parts that cannot be");
  }
  const count = Number(claimed);
  const offsets = [];
  let least = BigInt(WORD * (count + 1));
  for (let at = 1; at <= count; at++) {
    const offset = words.getBigUint64(WORD * at, true);
    if (offset < least || offset > BigInt(data.byteLength)) throw new BadFrame("a part outside the frame");
    offsets.push(Number(offset));
    least = offset;
  }
  return offsets;
}

function bytes(buffer) {
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
}
