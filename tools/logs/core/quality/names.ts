/** Names that are nearly the same, and cases of one event. */
import type { EventLog } from "../event-log.ts";
import type { Finding, FindingExample } from "../findings.ts";
import { type ActivityCount, countActivities } from "../profile.ts";
import { finding, place } from "./finding.ts";

export function singleEvents(log: EventLog): Finding | null {
  let count = 0;
  let example: FindingExample | null = null;
  for (let index = 0; index < log.cases; index++) {
    const at = log.caseStart[index] as number;
    if ((log.caseStart[index + 1] as number) - at !== 1) continue;
    count++;
    example ??= place(log, index, at, "the only event of its case");
  }
  return finding("single-event", count, example);
}

/** Activities whose names differ only in case, spaces and marks, or in one letter. */
export function nearNames(log: EventLog): Finding | null {
  const pairs = nearNamePairs(log);
  const [first] = pairs;
  if (!first) return null;
  const { rare, common } = first;
  return finding("near-name", pairs.length, {
    activity: rare.name,
    value: common.name,
    note: `${rare.count} and ${common.count} events`,
  });
}

/** Each rare name with the usual one that it is near to. */
export function nearNamePairs(
  log: EventLog,
): readonly { readonly rare: ActivityCount; readonly common: ActivityCount }[] {
  const names = countActivities(log)
    .slice(0, 500)
    .map((activity) => ({ ...activity, plain: plain(activity.name) }));
  return names.flatMap((rare, at) => {
    const common = names.slice(0, at).find((candidate) => isNear(candidate, rare));
    return common ? [{ rare, common }] : [];
  });
}

interface PlainActivity extends ActivityCount {
  readonly plain: string;
}

const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, "");

/** One letter more, less or other is a slip only where the rarer name is far rarer. */
function isNear(common: PlainActivity, rare: PlainActivity): boolean {
  const [a, b] = [common.plain, rare.plain];
  if (a === b) return a !== "";
  return rare.count <= common.count * 0.02 && Math.min(a.length, b.length) >= 6 && withinOneEdit(a, b);
}

function withinOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const changed = a.slice(start, endA) + b.slice(start, endB);
  return endA - start <= 1 && endB - start <= 1 && !/\d/.test(changed);
}
