/**
 * What an object-centric log loses when it is read by one type of objects (van der Aalst, Object-Centric Process Mining:
 * Dealing with Divergence and Convergence in Event Data, 2019).
 */
export interface Flattening {
  readonly objectType: string;
  /** Events of several objects of the type: each stands in the log once for each of them. */
  readonly convergence: Loss;
  /** Activities repeated within one object only because of objects of other types, which no longer tell them apart. */
  readonly divergence: Loss;
  /** Events of no object of the type, which are left out. */
  readonly deficiency: Loss;
}

/** A type by which an object-centric log can be read, and what that would lose. */
export interface ObjectTypeChoice {
  readonly type: string;
  /** Objects of the type that have an event. */
  readonly cases: number;
  /** Events of at least one object of the type, each once. */
  readonly events: number;
  /** Counts as in `Flattening`; divergence is known of the chosen type only. */
  readonly convergence: number;
  readonly divergence?: number;
  readonly deficiency: number;
}

export interface Loss {
  readonly count: number;
  /** At most three. */
  readonly examples: readonly string[];
}
