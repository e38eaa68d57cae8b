/** `fetch` that gives up on a server that says nothing for too long, before its answer or in the middle of it. */
import { SilentServerError } from "./wire.ts";

/** Rejects, or breaks the body off, with `SilentServerError` after so many milliseconds without a byte. */
export function patientFetch(milliseconds: number, base: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const silence = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const heard = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(new SilentServerError(milliseconds)), milliseconds);
    };
    const over = (): void => clearTimeout(timer);
    const signals = [silence.signal, ...(init?.signal ? [init.signal] : [])];
    heard();
    try {
      const response = await base(input, { ...init, signal: AbortSignal.any(signals) });
      const { status, statusText, headers } = response;
      if (response.body === null) {
        over();
        return response;
      }
      return new Response(watched(response.body, heard, over), { status, statusText, headers });
    } catch (error) {
      over();
      throw error;
    }
  };
}

/** The same stream; every piece is reported, and so is its end, however it comes. */
function watched(
  body: ReadableStream<Uint8Array>,
  heard: () => void,
  over: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          over();
          controller.close();
        } else {
          heard();
          controller.enqueue(value);
        }
      } catch (error) {
        over();
        controller.error(error);
      }
    },
    async cancel(reason) {
      over();
      await reader.cancel(reason);
    },
  });
}
