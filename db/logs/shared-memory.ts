/**
 * The same value with its arrays in shared memory, so that other threads read them without a copy. Goes through plain
 * objects and maps; arrays that are shared already, texts and everything else stay as they are.
 */
export function inSharedMemory<Value>(value: Value): Value {
  if (ArrayBuffer.isView(value)) return sharedArray(value as unknown as Uint8Array) as unknown as Value;
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [key, inSharedMemory(item)])) as unknown as Value;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inSharedMemory(item)])) as Value;
}

function sharedArray(values: Uint8Array): Uint8Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const ArrayOfKind = values.constructor as new (buffer: SharedArrayBuffer) => Uint8Array;
  const copy = new ArrayOfKind(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
