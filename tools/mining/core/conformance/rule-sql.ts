import type { Rule } from "./rules.ts";

/**
 * A relation `case_id, verdict` of the cases that a rule applies to, verdict being 'kept', 'broken' or 'undecided': the
 * same verdicts as `checkRule`, over the relations of a log (db/logs/log-store.ts).
 */
export function ruleSql(rule: Rule): string {
  switch (rule.kind) {
    case "before":
      return verdictSql(
        `min(position) filter (where ${is(rule.first)}) as a, min(position) filter (where ${is(rule.second)}) as b`,
        "b is not null",
        "coalesce(a < b, false)",
      );
    case "follow":
      return verdictSql(
        `max(position) filter (where ${is(rule.first)}) as a, max(position) filter (where ${is(rule.second)}) as b`,
        "a is not null",
        "coalesce(b > a, false)",
      );
    case "always":
    case "never":
      return verdictSql(
        `count(*) filter (where ${is(rule.first)}) as a`,
        "true",
        rule.kind === "always" ? "a > 0" : "a = 0",
      );
    case "within":
      return withinSql(rule);
    case "four-eyes":
      return fourEyesSql(rule);
  }
}

const literal = (name: string): string => `'${name.replaceAll("'", "''")}'`;
const is = (activity: string): string => `activity = ${literal(activity)}`;

const verdictSql = (folded: string, applies: string, kept: string): string =>
  `(select case_id, case when ${kept} then 'kept' else 'broken' end as verdict from (select case_id, ${folded} from events group by case_id) folded where ${applies})`;

function withinSql({ first, second, seconds }: Extract<Rule, { kind: "within" }>): string {
  const starts =
    first === null
      ? "select case_id, first_event as begun, 0 as position from cases"
      : `select case_id, arg_min(completed, position) filter (where completed is not null) as begun, min(position) as position from events where ${is(first)} group by case_id`;
  const begun =
    first === null
      ? starts
      : `select e.case_id, e.completed as begun, e.position from events e join (${starts}) s on s.case_id = e.case_id and s.position = e.position`;
  const ended =
    second === null
      ? "select b.case_id, b.begun, c.last_event as ended from begun b join cases c on c.case_id = b.case_id"
      : `select b.case_id, b.begun, n.completed as ended from begun b left join (select e.case_id, min(e.position) as position from events e join begun b on b.case_id = e.case_id where e.position > b.position and ${is(second)} group by e.case_id) f on f.case_id = b.case_id left join events n on n.case_id = f.case_id and n.position = f.position`;
  return `(with begun as (${begun}) select case_id, case when begun is null or ended is null then 'undecided' when epoch_us(ended - begun) / 1e6 > ${seconds} then 'broken' else 'kept' end as verdict from (${ended}) timed)`;
}

function fourEyesSql({ first, second }: Extract<Rule, { kind: "four-eyes" }>): string {
  const side = (activity: string, name: string) =>
    `${name} as (select case_id, resource from events where ${is(activity)})`;
  const unknown =
    "select case_id from a where resource is null union select case_id from b where resource is null";
  return `(with ${side(first, "a")}, ${side(second, "b")}, broken as (select distinct a.case_id from a join b on a.case_id = b.case_id and a.resource = b.resource) select case_id, case when case_id in (select case_id from broken) then 'broken' when case_id in (${unknown}) then 'undecided' else 'kept' end as verdict from (select case_id from a intersect select case_id from b) both_done)`;
}
