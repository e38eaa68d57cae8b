/**
 * How the ways into or out of an activity hang together: a hierarchy of choices and of concurrency over the neighbours,
 * found from which of them are concurrent (Augusto, Conforti, Dumas, La Rosa & Polyvyanyy, "Split miner: automated discovery
 * of accurate and simple business process models from event logs", KAIS 59, 2019, algorithms 4 to 6).
 */
export type Branching =
  | { readonly kind: "neighbour"; readonly node: number }
  | { readonly kind: "exclusive" | "parallel"; readonly branches: readonly Branching[] };

interface Group {
  readonly branching: Branching;
  /** Neighbours in the group, and those that happen beside it. */
  readonly cover: ReadonlySet<number>;
  readonly future: ReadonlySet<number>;
}

/**
 * Groups neighbours with the same future into a choice, and those that each other's future makes whole into concurrency,
 * until one group is left. Where neither is possible the rest is a choice. At least one neighbour. O(neighbours³).
 */
export function branchingOf(
  neighbours: readonly number[],
  concurrent: (a: number, b: number) => boolean,
): Branching {
  let groups: Group[] = neighbours.map((node) => ({
    branching: { kind: "neighbour", node },
    cover: new Set([node]),
    future: new Set(neighbours.filter((other) => other !== node && concurrent(node, other))),
  }));
  while (groups.length > 1) groups = joinChoices(groups) ?? joinConcurrency(groups) ?? [choice(groups)];
  return groups[0]!.branching;
}

function joinChoices(groups: readonly Group[]): Group[] | null {
  for (const group of groups) {
    const alike = groups.filter((other) => same(other.future, group.future));
    if (alike.length > 1) return [...groups.filter((other) => !alike.includes(other)), choice(alike)];
  }
  return null;
}

function choice(groups: readonly Group[]): Group {
  return {
    branching: { kind: "exclusive", branches: flatten("exclusive", groups) },
    cover: union(groups.map(({ cover }) => cover)),
    future: groups[0]!.future,
  };
}

function joinConcurrency(groups: readonly Group[]): Group[] | null {
  for (const group of groups) {
    const whole = union([group.cover, group.future]);
    const beside = groups.filter((other) => same(union([other.cover, other.future]), whole));
    if (beside.length < 2) continue;
    const joined: Group = {
      branching: { kind: "parallel", branches: flatten("parallel", beside) },
      cover: union(beside.map(({ cover }) => cover)),
      future: new Set([...group.future].filter((node) => beside.every(({ future }) => future.has(node)))),
    };
    return [...groups.filter((other) => !beside.includes(other)), joined];
  }
  return null;
}

const flatten = (kind: "exclusive" | "parallel", groups: readonly Group[]): Branching[] =>
  groups.flatMap(({ branching }) => (branching.kind === kind ? branching.branches : [branching]));

const union = (sets: readonly ReadonlySet<number>[]): Set<number> => new Set(sets.flatMap((set) => [...set]));

const same = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  a.size === b.size && [...a].every((node) => b.has(node));
