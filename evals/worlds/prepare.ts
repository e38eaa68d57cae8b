/** Prepares a data folder that worlds are copied from: the sample processes, and what a suite's own world adds. */
import { existsSync } from "node:fs";
import { openMillwright } from "../../channels/main.ts";
import type { Millwright } from "../../channels/millwright.ts";
import { clock } from "../suites.ts";

/** What a suite's `world.ts` exports as `world`. */
export interface SuiteWorld {
  /** Why the suite cannot be run here, such as data that is not there; null when it can. */
  missing(): string | null;
  /** Worlds are running servers with their channels. */
  readonly served?: boolean;
  /** Adds to the sample processes. */
  prepare(millwright: Millwright): Promise<void>;
}

const worldFile = (suite: string): URL => new URL(`../suites/${suite}/world.ts`, import.meta.url);

/** The suite's own world; null where the sample processes are its world. */
export async function worldOf(suite: string): Promise<SuiteWorld | null> {
  if (!existsSync(worldFile(suite))) return null;
  const { world } = (await import(worldFile(suite).href)) as { world: SuiteWorld };
  return world;
}

export async function prepare(folder: string, world: SuiteWorld | null): Promise<void> {
  const { ANTHROPIC_API_KEY: _, MILLWRIGHT_MODEL_URL: __, ...environment } = process.env;
  const millwright = await openMillwright({ data: folder, samples: true, environment, now: clock });
  try {
    await world?.prepare(millwright);
  } finally {
    await millwright.close();
  }
}
