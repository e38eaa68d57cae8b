/**
 * One whole run: imports a log, finds its directly-follows graph and variants, and prints one JSON object with what each
 * took, seconds: the import once, the others as the best of five, as bench/rust does.
 */
import { buildEventLog } from "../tools/logs/core/build-event-log.ts";
import { readLogFile } from "../tools/logs/read-log.ts";
import { directlyFollows } from "../tools/mining/core/directly-follows.ts";
import { variants } from "../tools/mining/core/variants.ts";

function best<Result>(work: () => Result): { readonly seconds: number; readonly result: Result } {
  let least = Number.POSITIVE_INFINITY;
  let result: Result;
  for (let turn = 0; turn < 5; turn++) {
    const begun = performance.now();
    result = work();
    least = Math.min(least, performance.now() - begun);
  }
  return { seconds: least / 1000, result: result! };
}

const begun = performance.now();
const log = buildEventLog((await readLogFile(process.argv[2]!)).columns);
const imported = (performance.now() - begun) / 1000;
const graph = best(() => directlyFollows(log));
const found = best(() => variants(log));
process.stdout.write(
  `${JSON.stringify({
    cases: log.cases,
    events: log.events,
    edges: graph.result.edges.length,
    variants: found.result.counts.length,
    import: imported,
    dfg: graph.seconds,
    projection: found.seconds,
  })}\n`,
);
