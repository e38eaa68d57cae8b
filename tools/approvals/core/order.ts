/** In which order a person looks at proposals: what cannot be taken back first, then most money, then what lapses first. */
export interface Weighed {
  readonly risk: string;
  readonly money: number | null;
  readonly expires: Date;
}

export function riskiestFirst<Item extends Weighed>(items: readonly Item[]): Item[] {
  return [...items].sort(
    (left, right) =>
      Number(right.risk === "irreversible") - Number(left.risk === "irreversible") ||
      (right.money ?? 0) - (left.money ?? 0) ||
      left.expires.getTime() - right.expires.getTime(),
  );
}
