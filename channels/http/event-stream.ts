/** Server-sent events (HTML standard, section 9.2) from anything that can be iterated. */
import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { problemOf } from "./problems.ts";

export interface ServerEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data: unknown;
}

const heartbeatMilliseconds = 15_000;

/**
 * Streams events. The first is awaited before the answer begins, so that a refusal still has its own status. An error
 * after that is an event named `problem`. When the client leaves, the source is drained all the same where `drain` is
 * set (a turn that was begun is finished and recorded), else ended.
 */
export async function eventStream(
  context: Context,
  source: AsyncIterable<ServerEvent>,
  options: { readonly drain: boolean; readonly onError?: (error: unknown) => void },
): Promise<Response> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  context.header("X-Accel-Buffering", "no");
  return streamSSE(context, async (stream) => {
    const heartbeat = setInterval(() => void stream.write(": still here\n\n"), heartbeatMilliseconds);
    if (!options.drain) stream.onAbort(() => void iterator.return?.());
    try {
      for (let item = first; !item.done; item = await iterator.next()) await write(stream, item.value);
    } catch (error) {
      options.onError?.(error);
      await write(stream, { event: "problem", data: problemOf(error) });
    } finally {
      clearInterval(heartbeat);
    }
  });
}

async function write(stream: SSEStreamingApi, event: ServerEvent): Promise<void> {
  if (stream.aborted) return;
  await stream.writeSSE({
    data: JSON.stringify(event.data),
    ...(event.id === undefined ? {} : { id: event.id }),
    ...(event.event === undefined ? {} : { event: event.event }),
  });
}

/** Whether the client asks for server-sent events rather than JSON. */
export function wantsEvents(accept: string | undefined, otherwise: boolean): boolean {
  if (accept?.includes("text/event-stream")) return true;
  return accept?.includes("application/json") ? false : otherwise;
}
