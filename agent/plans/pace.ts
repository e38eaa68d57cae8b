/** How long a turn has worked, over restarts, and the signal that its time is up. */
export interface Pace {
  /** Begins to count, with the milliseconds that were used before a restart. */
  begin(spent: number): void;
  /** Milliseconds so far. */
  elapsed(): number;
  /** Aborts when the time is up. */
  readonly signal: AbortSignal;
  end(): void;
}

export class TimeIsUpError extends Error {}

/** @param now a clock that only goes forward, in milliseconds */
export function createPace(limitMilliseconds: number, now: () => number): Pace {
  const controller = new AbortController();
  let base = 0;
  let begun = now();
  let timer: NodeJS.Timeout | null = null;
  const end = (): void => {
    if (timer !== null) clearTimeout(timer);
  };
  return {
    begin(spent) {
      end();
      base = spent;
      begun = now();
      timer = setTimeout(() => controller.abort(new TimeIsUpError()), Math.max(0, limitMilliseconds - spent));
      timer.unref();
    },
    elapsed: () => base + now() - begun,
    signal: controller.signal,
    end,
  };
}
