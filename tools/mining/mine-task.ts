/** `mineFile` as a task of a worker thread. */
import type { WorkerHost } from "../worker-pool.worker.ts";
import { type MineOptions, type MineResult, mineFile } from "./mine.ts";

export type MineRequest = Omit<MineOptions, "signal" | "onProgress"> & { readonly path: string };

export async function mineRequest({ path, ...options }: MineRequest, host: WorkerHost): Promise<MineResult> {
  const onProgress = (message: string, share: number | null) => host.progress(message, share ?? undefined);
  return (await mineFile(path, { ...options, signal: host.signal, onProgress })).result;
}
