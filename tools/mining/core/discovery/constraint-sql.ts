import type { Constraint } from "./declarative-constraints.ts";
import type { Template } from "./declare-templates.ts";

const literal = (name: string): string => `'${name.replaceAll("'", "''")}'`;

/** When a case breaks the template, over the columns of `folded`. Null where nothing obliges it. */
const BROKEN: Readonly<Record<Template, string>> = {
  existence: "na = 0",
  absence: "na > 1",
  "exactly-one": "na <> 1",
  init: "coalesce(fa, 0) <> 1",
  end: "coalesce(la, 0) <> n",
  "responded-existence": "na > 0 and nb = 0",
  response: "na > 0 and coalesce(lb, 0) < la",
  "alternate-response": "a_not_b > 0",
  "chain-response": "a_not_b > 0",
  precedence: "nb > 0 and coalesce(fa, fb + 1) > fb",
  "alternate-precedence": "b_not_a > 0",
  "chain-precedence": "b_not_a > 0",
  "co-existence": "(na > 0) <> (nb > 0)",
  succession: "(na > 0 and coalesce(lb, 0) < la) or (nb > 0 and coalesce(fa, fb + 1) > fb)",
  "alternate-succession": "a_not_b > 0 or b_not_a > 0",
  "chain-succession": "a_not_b > 0 or b_not_a > 0",
  "not-co-existence": "na > 0 and nb > 0",
  "not-succession": "na > 0 and coalesce(lb, 0) > fa",
  "not-chain-succession": "a_then_b > 0",
};

/**
 * A SELECT of how many cases break the constraint, over the relations of a log (db/logs/log-store.ts). `where`: a condition
 * on `case_id`, or null. Taking turns is following directly once everything but the two is left out.
 */
export function violationSql({ template, a, b }: Constraint, where: string | null): string {
  const alternate = template.startsWith("alternate");
  const [isA, isB] = [`activity = ${literal(a)}`, b === null ? "false" : `activity = ${literal(b)}`];
  const kept = [where, alternate ? `(${isA} or ${isB})` : null].filter((condition) => condition !== null);
  const rows = `select case_id, position, activity, lead(activity) over w as after, lag(activity) over w as before from events${
    kept.length > 0 ? ` where ${kept.join(" and ")}` : ""
  } window w as (partition by case_id order by position)`;
  const next = b === null ? "null" : literal(b);
  const folded = [
    "count(*) as n",
    `count(*) filter (where ${isA}) as na`,
    `min(position) filter (where ${isA}) as fa`,
    `max(position) filter (where ${isA}) as la`,
    `count(*) filter (where ${isB}) as nb`,
    `min(position) filter (where ${isB}) as fb`,
    `max(position) filter (where ${isB}) as lb`,
    `count(*) filter (where ${isA} and after is distinct from ${next}) as a_not_b`,
    `count(*) filter (where ${isB} and before is distinct from ${literal(a)}) as b_not_a`,
    `count(*) filter (where ${isA} and after = ${next}) as a_then_b`,
  ].join(", ");
  return `select count(*) from (select case_id, ${folded} from (${rows}) placed group by case_id) folded where ${BROKEN[template]}`;
}
