/**
 * One process of the built-in planner, without tools: `node --expose-gc bench/planner_once.ts cold CODE` says a first thing in
 * a language, `… warm` says two hundred in each after warming. Prints a line of JSON; times are processor time of the thread, ms.
 */
import { analyse } from "../agent/model/offline/analyse.ts";
import { sampleBriefing } from "../agent/model/offline/fixtures/samples.ts";
import { fixtureTools } from "../agent/model/offline/fixtures/tools.ts";
import { corpus } from "../agent/model/offline/learned/corpus.ts";
import { warmPlanner } from "../agent/model/offline/warm.ts";

const LOG = "order-to-cash";
const MOST = 200;
const groups = corpus().filter(({ log }) => log === LOG);

function processor(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function turns(language: string, most: number): number[] {
  const said = groups.filter((group) => group.language === language).slice(0, most);
  return said.map(({ says }) => {
    const briefing = sampleBriefing(says[0]!, LOG);
    const begun = processor();
    analyse(briefing.text, briefing);
    return processor() - begun;
  });
}

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((left, right) => left - right)[Math.floor(share * (times.length - 1))]!;

const megabytes = (bytes: number): number => bytes / 1e6;

async function warm(): Promise<object> {
  sampleBriefing("", LOG);
  globalThis.gc?.();
  const idle = process.memoryUsage().rss;
  let longest = 0;
  let begun = processor();
  const start = begun;
  await warmPlanner(fixtureTools, async () => {
    longest = Math.max(longest, processor() - begun);
    begun = processor();
  });
  const warming = { took: processor() - start, longest, memory: megabytes(process.memoryUsage().rss - idle) };
  const languages = [...new Set(groups.map(({ language }) => language))].sort().map((language) => {
    const times = turns(language, MOST);
    return {
      ...{ language, first: times[0]!, turns: times.length },
      ...{ p50: quantile(times, 0.5), p95: quantile(times, 0.95), longest: Math.max(...times) },
    };
  });
  return { warming, languages, memory: megabytes(process.memoryUsage().rss - idle) };
}

const [how, language = "en"] = process.argv.slice(2);
console.log(JSON.stringify(how === "warm" ? await warm() : { first: turns(language, 1)[0] }));
