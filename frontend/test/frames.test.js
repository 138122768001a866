import assert from "node:assert/strict";
import { test } from "node:test";
import { BadFrame, decode, encode } from "../src/frames.js";

const message = (more) => ({ channel: "shell", header: { msg_type: "comm_msg", msg_id: "1" }, ...more });

/** Numbers that only look random, the same in every run. */
function* numbers(seed) {
  for (let state = seed >>> 0; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state >>> 8;
  }
}

function outcome(data) {
  try {
    return decode(data);
  } catch (error) {
    assert(error instanceof BadFrame, `${error}`);
    return null;
  }
}

test("what was encoded is decoded, with every buffer byte for byte", () => {
  const buffers = [new Uint8Array([1, 2, 3]).buffer, new Uint8Array([9, 8, 7]).subarray(1), new DataView(new ArrayBuffer(0))];
  const content = { comm_id: "ü", data: { names: ["Zoë", "محمد"], at: null } };
  const back = decode(encode(message({ content, metadata: { version: "2" }, buffers })));
  assert.deepEqual(back.content, content);
  assert.deepEqual(back.metadata, { version: "2" });
  assert.deepEqual(back.buffers.map(({ buffer }) => [...new Uint8Array(buffer)]), [[1, 2, 3], [8, 7], []]);
});

test("a count that no frame could hold is refused at once", () => {
  for (const count of [0n, 1n, 5n, 2n ** 32n, 2n ** 53n, 2n ** 64n - 1n]) {
    const data = encode(message());
    new DataView(data).setBigUint64(0, count, true);
    const began = performance.now();
    assert.throws(() => decode(data), BadFrame);
    assert(performance.now() - began < 50);
  }
});

test("parts that overlap, run backwards or leave the frame are refused", () => {
  for (let at = 1; at <= 6; at++) {
    for (const offset of [0n, 8n, 2n ** 40n, 2n ** 64n - 1n]) {
      const data = encode(message());
      new DataView(data).setBigUint64(8 * at, offset, true);
      assert.throws(() => decode(data), BadFrame);
    }
  }
});

test("what is not bytes is refused", () => {
  for (const odd of ["text", null, undefined, {}, new Uint8Array(64)]) assert.throws(() => decode(odd), BadFrame);
});

test("random bytes never hang it and raise nothing but BadFrame", () => {
  const random = numbers(1);
  for (let run = 0; run < 20_000; run++) {
    const bytes = Uint8Array.from({ length: random.next().value % 200 }, () => random.next().value);
    // Half of them with a count that could be.
    if (run % 2 && bytes.length > 8) bytes.set([bytes[0] % 8, 0, 0, 0, 0, 0, 0, 0]);
    outcome(bytes.buffer);
  }
});

test("a good frame with a few bytes changed is still a message, or is refused", () => {
  const random = numbers(2);
  const good = encode(message({ content: { data: { state: { value: "Zoë" } } }, buffers: [new ArrayBuffer(16)] }));
  let kept = 0;
  for (let run = 0; run < 20_000; run++) {
    const bytes = new Uint8Array(good.slice(0));
    for (let change = random.next().value % 4; change >= 0; change--) {
      bytes[random.next().value % bytes.length] = random.next().value;
    }
    const found = outcome(bytes.buffer.slice(0, run % 5 ? undefined : random.next().value % bytes.length));
    if (!found) continue;
    kept++;
    assert.equal(typeof found.header.msg_type, "string");
    assert.equal(typeof found.parent_header, "object");
  }
  assert(kept > 0);
});
