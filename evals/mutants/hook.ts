/**
 * Node preloads this into a process of the evals (`--import …/hook.ts?id`): there the mutant's file reads otherwise.
 * The product knows nothing of it.
 */
import { registerHooks } from "node:module";
import { mutantOf, mutate, urlOf } from "./mutants.ts";

const mutant = mutantOf(new URL(import.meta.url).search.slice(1));
const target = urlOf(mutant).href;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target || loaded.source === undefined || loaded.source === null) return loaded;
    const text = typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source);
    return { ...loaded, source: mutate(text, mutant) };
  },
});
