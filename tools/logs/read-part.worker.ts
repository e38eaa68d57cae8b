/** The second thread of reading a large file. */
import { parentPort, workerData } from "node:worker_threads";
import { type PartRequest, readPart } from "./read-part.ts";

/** The buffers of all arrays in a part. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) buffersOf(inner, found);
  return found;
}

const part = await readPart((workerData as { request: PartRequest }).request);
parentPort?.postMessage(part, [...buffersOf(part)]);
