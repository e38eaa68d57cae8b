/** Keeps the protection of each connector for as long as its settings live. */
import { MillwrightError } from "../../errors.ts";
import { defaultLimits, freshState, type ProtectionState, permit, settle } from "./core/protection.ts";
import type { ConnectorSettings } from "./settings.ts";

/** Too many calls to a system failed lately; nothing was sent. */
export class CircuitOpenError extends MillwrightError {
  constructor(connector: string, until: number) {
    super(
      "circuit-open",
      503,
      `${connector} failed ${defaultLimits.failuresToOpen} times in a row and is left alone until ${new Date(until).toISOString()}.`,
      {
        remedy: "Look at the failed calls; try again later.",
      },
    );
  }
}

const states = new WeakMap<ConnectorSettings, Map<string, ProtectionState>>();

function statesOf(settings: ConnectorSettings): Map<string, ProtectionState> {
  const known = states.get(settings) ?? new Map<string, ProtectionState>();
  states.set(settings, known);
  return known;
}

/**
 * Waits until a call to the connector may be made.
 *
 * @throws CircuitOpenError
 */
export async function enter(
  connector: string,
  settings: ConnectorSettings,
  signal: AbortSignal,
): Promise<void> {
  const all = statesOf(settings);
  for (;;) {
    const now = settings.now().getTime();
    const asked = permit(all.get(connector) ?? freshState(now, defaultLimits), now, defaultLimits);
    all.set(connector, asked.state);
    if (asked.kind === "go") return;
    if (asked.kind === "open") throw new CircuitOpenError(connector, asked.until);
    await settings.wait(asked.milliseconds, signal);
  }
}

/** A failure is an answer of 5xx or none at all; what the other side refuses is not its fault. */
export function leave(connector: string, settings: ConnectorSettings, worked: boolean): void {
  const now = settings.now().getTime();
  const all = statesOf(settings);
  all.set(
    connector,
    settle(all.get(connector) ?? freshState(now, defaultLimits), worked, now, defaultLimits),
  );
}
