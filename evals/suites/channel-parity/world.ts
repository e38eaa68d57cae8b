/** The sample processes behind a running server, with Slack connected. */
import type { SuiteWorld } from "../../worlds/prepare.ts";

export const world: SuiteWorld = {
  served: true,
  missing: () => null,
  prepare: async () => undefined,
};
