/** PostgreSQL's binary form of one-dimensional arrays: pg sends a Buffer parameter as binary, which spares quoting and hex. */

const OIDS = { bytea: 17, int8: 20, int4: 23, text: 25 } as const;
const HEADER_BYTES = 20;
const EMPTY_HEADER_BYTES = 12;

function header(target: Buffer, oid: number, length: number): void {
  target.writeInt32BE(1, 0);
  target.writeInt32BE(0, 4);
  target.writeInt32BE(oid, 8);
  target.writeInt32BE(length, 12);
  target.writeInt32BE(1, 16);
}

function empty(oid: number): Buffer {
  const target = Buffer.alloc(EMPTY_HEADER_BYTES);
  target.writeInt32BE(oid, 8);
  return target;
}

export function textArray(values: readonly string[]): Buffer {
  if (values.length === 0) return empty(OIDS.text);
  // Room for the widest UTF-8 of each string; cut to what was written. Cheaper than measuring first.
  let room = HEADER_BYTES;
  for (const value of values) room += 4 + value.length * 3;
  const target = Buffer.allocUnsafe(room);
  header(target, OIDS.text, values.length);
  let at = HEADER_BYTES;
  for (const value of values) {
    const bytes = target.write(value, at + 4, 'utf8');
    target.writeInt32BE(bytes, at);
    at += 4 + bytes;
  }
  return target.subarray(0, at);
}

export function byteaArray(values: readonly Uint8Array[]): Buffer {
  if (values.length === 0) return empty(OIDS.bytea);
  let room = HEADER_BYTES;
  for (const value of values) room += 4 + value.length;
  const target = Buffer.allocUnsafe(room);
  header(target, OIDS.bytea, values.length);
  let at = HEADER_BYTES;
  for (const value of values) {
    target.writeInt32BE(value.length, at);
    target.set(value, at + 4);
    at += 4 + value.length;
  }
  return target;
}

export function int4Array(values: readonly number[]): Buffer {
  if (values.length === 0) return empty(OIDS.int4);
  const target = Buffer.allocUnsafe(HEADER_BYTES + values.length * 8);
  header(target, OIDS.int4, values.length);
  let at = HEADER_BYTES;
  for (const value of values) {
    target.writeInt32BE(4, at);
    target.writeInt32BE(value, at + 4);
    at += 8;
  }
  return target;
}

/** Values must be safe integers. */
export function int8Array(values: readonly number[]): Buffer {
  if (values.length === 0) return empty(OIDS.int8);
  const target = Buffer.allocUnsafe(HEADER_BYTES + values.length * 12);
  header(target, OIDS.int8, values.length);
  let at = HEADER_BYTES;
  for (const value of values) {
    target.writeInt32BE(8, at);
    target.writeBigInt64BE(BigInt(value), at + 4);
    at += 12;
  }
  return target;
}
