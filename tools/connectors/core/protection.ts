/** What protects another system from us: a token bucket (calls a minute) and a circuit breaker (M. Nygard, "Release It!", 2007). */

export interface ProtectionLimits {
  /** Calls a minute; also the most at once after a pause. */
  readonly callsPerMinute: number;
  /** Failures in a row that open the circuit. */
  readonly failuresToOpen: number;
  /** Milliseconds that an open circuit stays open before one call may try. */
  readonly openFor: number;
}

export const defaultLimits: ProtectionLimits = { callsPerMinute: 100, failuresToOpen: 5, openFor: 30_000 };

export interface ProtectionState {
  readonly tokens: number;
  /** Milliseconds since 1970 of the last refill. */
  readonly refilledAt: number;
  readonly failures: number;
  /** Until when the circuit is open; null when it is closed. */
  readonly openUntil: number | null;
}

export const freshState = (now: number, limits: ProtectionLimits): ProtectionState => ({
  tokens: limits.callsPerMinute,
  refilledAt: now,
  failures: 0,
  openUntil: null,
});

export type Permit =
  | { readonly kind: "go"; readonly state: ProtectionState }
  | { readonly kind: "wait"; readonly milliseconds: number; readonly state: ProtectionState }
  | { readonly kind: "open"; readonly until: number; readonly state: ProtectionState };

/** Asks for one call at `now`. An open circuit lets a single call try once its time is over. */
export function permit(before: ProtectionState, now: number, limits: ProtectionLimits): Permit {
  const state = refill(before, now, limits);
  if (state.openUntil !== null && now < state.openUntil)
    return { kind: "open", until: state.openUntil, state };
  if (state.tokens < 1) {
    return {
      kind: "wait",
      milliseconds: Math.ceil(((1 - state.tokens) * 60_000) / limits.callsPerMinute),
      state,
    };
  }
  const trying = state.openUntil === null ? null : now + limits.openFor;
  return { kind: "go", state: { ...state, tokens: state.tokens - 1, openUntil: trying } };
}

function refill(state: ProtectionState, now: number, limits: ProtectionLimits): ProtectionState {
  const gained = (Math.max(0, now - state.refilledAt) * limits.callsPerMinute) / 60_000;
  return {
    ...state,
    tokens: Math.min(limits.callsPerMinute, state.tokens + gained),
    refilledAt: Math.max(now, state.refilledAt),
  };
}

/** Records how a call ended: a success closes the circuit, failures in a row open it. */
export function settle(
  state: ProtectionState,
  worked: boolean,
  now: number,
  limits: ProtectionLimits,
): ProtectionState {
  if (worked) return { ...state, failures: 0, openUntil: null };
  const failures = state.failures + 1;
  return {
    ...state,
    failures,
    openUntil: failures >= limits.failuresToOpen ? now + limits.openFor : state.openUntil,
  };
}
