/** The arguments of an operation, from what was said: by name, by id, by a listed value, as its title. */
import type { ConnectedParameter } from "../../provider.ts";
import type { Span } from "../text/utterance.ts";
import { byAmount, byDoing, byId, byValue } from "./by-kind.ts";
import { byName, byValueAhead } from "./by-name.ts";
import type { Filling } from "./filling.ts";
import { called, quoted, searched } from "./free-text.ts";
import type { IndexedOperation } from "./operations.ts";
import type { Said } from "./said.ts";

export interface Filled {
  /** By parameter; a body's fields are under `body`. */
  readonly values: ReadonlyMap<ConnectedParameter, unknown>;
  /** Spans that some value was read from. */
  readonly spans: readonly Span[];
}

/** `given` stays as it is: what an earlier turn has said. */
export function fillArguments(
  said: Said,
  of: IndexedOperation,
  given: ReadonlyMap<ConnectedParameter, unknown> = new Map(),
): Filled {
  const filling: Filling = { said, of, values: new Map(given), spans: [] };
  byValueAhead(filling);
  byName(filling);
  quoted(filling);
  called(filling);
  byId(filling);
  byValue(filling);
  searched(filling);
  byDoing(filling);
  byAmount(filling);
  return filling;
}
