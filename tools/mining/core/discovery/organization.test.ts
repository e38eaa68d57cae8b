import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tinyLog, traces } from "../../../../tests/fixtures/tiny-log.ts";
import type { EventLog } from "../../../logs/core/event-log.ts";
import { caseClusters } from "./case-clusters.ts";
import { cluster } from "./clustering.ts";
import { handovers, workingTogether, workload } from "./handover.ts";
import { resourceRoles } from "./resource-roles.ts";

/** Events as "activity person second". */
function logOf(...cases: readonly (readonly string[])[]): EventLog {
  const events = cases.map((own) => own.map((text) => text.split(" ")));
  const log = tinyLog(
    events.map((own) => own.map(([activity, , at]) => ({ activity: activity!, at: Number(at) }))),
  );
  const people = events.flat().map(([, person]) => person!);
  const dictionary = [...new Set(people)].filter((person) => person !== "-");
  const codes = Uint32Array.from(people, (person) =>
    person === "-" ? 0xffffffff : dictionary.indexOf(person),
  );
  return { ...log, resource: { kind: "text", codes, dictionary } };
}

const office = logOf(
  ...Array.from({ length: 6 }, (_, i) => [
    `take clerk${i % 3} 0`,
    `check clerk${i % 3} 10`,
    `decide boss${i % 2} 110`,
    `pay cash${i % 3} 120`,
  ]),
);

describe("roles", () => {
  it("are the groups of people with the same work, named by that work", () => {
    const found = resourceRoles(office)!;
    expect(found.people).toBe(8);
    expect(found.roles.map(({ name, people }) => [name, people])).toEqual(
      expect.arrayContaining([
        ["take, check", 3],
        ["decide", 2],
        ["pay", 3],
      ]),
    );
  });

  it("are one where everybody does the same", () => {
    const same = logOf(["a x 0", "b x 1"], ["a y 0", "b y 1"], ["a z 0", "b z 1"], ["a w 0", "b w 1"]);
    expect(resourceRoles(same)).toMatchObject({ silhouette: null, roles: [{ people: 4, events: 8 }] });
  });

  it("are unknown without resources", () => expect(resourceRoles(traces("ab"))).toBeNull());
});

describe("handovers", () => {
  const { roleOf, roles } = resourceRoles(office)!;
  const role = (name: string) => roles.findIndex((own) => own.name === name);

  it("are counted between roles, with cases and times, where the person changes", () => {
    const found = handovers(office, roleOf);
    expect(found).toMatchObject({ neighbours: 18, changed: 12, secondsChanged: 55, secondsSame: 10 });
    expect(found.between).toContainEqual({
      from: role("take, check"),
      to: role("decide"),
      count: 6,
      cases: 6,
      seconds: 100,
    });
  });

  it("leave out events whose person is unknown", () =>
    expect(handovers(logOf(["a x 0", "b - 1", "c y 2"]), new Int32Array(2))).toMatchObject({
      neighbours: 0,
      changed: 0,
    }));

  it("know who works together on cases", () => {
    const together = workingTogether(office, roleOf);
    expect(together[role("decide") * roles.length + role("pay")]).toBe(6);
    expect(together[role("decide") * roles.length + role("decide")]).toBe(0);
  });

  it("know the workload of each week, from Monday", () => {
    const day = 86_400;
    const found = workload(logOf([`a x ${3 * day}`, `b y ${4 * day}`, `c x ${5 * day}`]), new Int32Array(2));
    expect(found.map(({ events, people }) => [events[0], people])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });
});

describe("clusters", () => {
  it("are those that were planted", () => {
    const log = traces(
      ...Array(5).fill("abc"),
      ...Array(4).fill("abbc"),
      ...Array(5).fill("xyz"),
      ...Array(3).fill("xyyz"),
    );
    const found = caseClusters(log)!;
    expect(found.groups.map(({ cases }) => cases)).toEqual([9, 8]);
    expect(found.groups[0]!.distinctions[0]).toMatchObject({ inside: 1, outside: 0 });
    expect(found.silhouette).toBeGreaterThan(0.7);
  });

  it("by order tell the same activities in another order apart", () => {
    const log = traces("abcdef", "abcdfe", "abcedf", "fedcba", "efdcba", "fedbca");
    expect(caseClusters(log, { likeness: "order" })!.groups.map(({ cases }) => cases)).toEqual([3, 3]);
  });

  it("are none where there are fewer than three paths", () =>
    expect(caseClusters(traces("ab", "ab", "abc"))).toBeNull());

  it("put every item with the nearest medoid, the same way every time", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 3, maxLength: 25 }), (places) => {
        const distance = (i: number, j: number) => Math.abs(places[i]! - places[j]!) / 100;
        const weights = places.map(() => 1);
        const found = cluster(places.length, distance, weights)!;
        expect(cluster(places.length, distance, weights)).toEqual(found);
        expect(found.silhouette).toBeGreaterThanOrEqual(-1);
        expect(found.silhouette).toBeLessThanOrEqual(1);
        places.forEach((_, i) => {
          const own = distance(i, found.medoids[found.groupOf[i]!]!);
          for (const medoid of found.medoids) expect(own).toBeLessThanOrEqual(distance(i, medoid) + 1e-12);
        });
      }),
      { numRuns: 200 },
    );
  });
});
