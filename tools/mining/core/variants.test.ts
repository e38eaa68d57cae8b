import fc from "fast-check";
import { expect, it } from "vitest";
import { countVariants, namesOf, type Sequences, variants } from "./variants.ts";

/** Cases of codes as a log; the names of activities in an order that is not their codes'. */
function logOf(cases: readonly (readonly number[])[], activities: number): Sequences {
  const starts = [0];
  for (const own of cases) starts.push((starts.at(-1) as number) + own.length);
  return {
    cases: cases.length,
    caseStart: Uint32Array.from(starts),
    activity: Uint32Array.from(cases.flat()),
    activities: Array.from({ length: activities }, (_, code) => `a${(code * 7919) % activities}`),
  };
}

const compareNames = (a: readonly string[], b: readonly string[]): number => {
  for (let at = 0; at < Math.min(a.length, b.length); at++)
    if (a[at] !== b[at]) return (a[at] as string) < (b[at] as string) ? -1 : 1;
  return a.length - b.length;
};

it.each([3, 256, 300, 70_000])(
  "variants of %d activities stand by their counts, then by the names in them",
  (activities) => {
    const code = fc.oneof(fc.nat(2), fc.nat(activities - 1));
    const sequence = fc.array(code, { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(sequence, { maxLength: 40 }), (cases) => {
        const log = logOf(cases, activities);
        const found = variants(log);
        const expected = new Map<string, number>();
        for (const own of cases) {
          const key = JSON.stringify(own.map((each) => log.activities[each]));
          if (own.length > 0) expected.set(key, (expected.get(key) ?? 0) + 1);
        }
        const sorted = [...expected].map(([key, count]) => ({ names: JSON.parse(key) as string[], count }));
        sorted.sort((a, b) => b.count - a.count || compareNames(a.names, b.names));
        expect(found.counts.map((count, v) => ({ names: namesOf(found, v), count }))).toEqual(sorted);
        expect(countVariants(log)).toBe(sorted.length);
        cases.forEach((own, c) => {
          const variant = found.variantOf[c] as number;
          expect(variant < 0 ? [] : [...(found.sequences[variant] as Uint32Array)]).toEqual(own);
        });
      }),
      { numRuns: 60 },
    );
  },
);
