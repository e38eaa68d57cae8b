import { describe, expect, it } from "vitest";
import { checkPortable } from "./portable.ts";
import { trinoSql } from "./trino-dialect.ts";

describe("the SQL of facts", () => {
  it.each([
    "select count(*) from events",
    "SELECT avg(value) AS value FROM (SELECT case_id, duration_s AS value FROM cases) o WHERE value > 7200.5",
    "with a as (select 1 as n) select sum(n) filter (where n > 0) / count(*) from a",
    "select sum(n) over (order by n desc rows unbounded preceding) from (select 1 as n)",
    `select count(*) from cases where "it's, (odd)" = 'it''s; -- "so"'`,
    "with m(t) as (select 1), e as (select cases.* replace (1 as duration_s) from cases) select 2 * coalesce(t, 1) from m",
    "select (a in (1, 2))::integer from (select 1 as a)",
  ])("is portable: %s", (sql) => {
    expect(() => checkPortable(sql)).not.toThrow();
  });

  it.each([
    ["select list(x) from events", "the function list"],
    ["select 2 * list(x) from events", "the function list"],
    ["select 1; select 2", "more than one statement"],
    ["delete from events", "no SELECT"],
    ["select * from events join cases using (case_id)", "a.case_id = b.case_id"],
    ["select activity, count(*) from events group by all", "name the columns"],
    ["select 1 -- so", "comments"],
    ["select 1 /* so */", "comments"],
    ["select E'\\''", 'without "E"'],
    ["select U&'d'", "no place"],
    ["select $$a$$", "no place"],
    ["select 5 // 2", "floor()"],
    ["select [1, 2]", "lists"],
    ["select (1", "brackets"],
    ["select 1)", "brackets"],
    ["select * from read_csv('/etc/passwd')", "the function read_csv"],
  ])("is not portable: %s", (sql, why) => {
    expect(() => checkPortable(sql)).toThrow(why);
  });
});

describe("portable SQL for Trino", () => {
  it.each([
    ["select max(n) / sum(n) from a", "select max(n) * 1e0 / sum(n) from a"],
    ["select 0.5 * 2, 1e6, 3", "select 0.5e0 * 2, 1e6, 3"],
    [
      "select (a > 1)::integer, b.c::varchar, f::timestamp",
      "select CAST((a > 1) AS integer), CAST(b.c AS varchar), CAST(f AS timestamp(6))",
    ],
    ["select lower(x)::text", "select CAST(lower(x) AS varchar)"],
    ["select timestamp '1970-01-01'", "select timestamp '1970-01-01'"],
    ["select try_cast(x as timestamp)", "select try_cast(x as timestamp(6))"],
    [
      "select arg_max(e.v, e.position) from events e",
      "select max_by(e.v, CASE WHEN e.v IS NOT NULL THEN e.position END) from events e",
    ],
    [
      "select sum(w) filter (where activity = 'a') from steps",
      "select sum(w) FILTER (WHERE activity = 'a') from steps",
    ],
    [
      "select string_agg(a, ', ' order by p) from e",
      "select array_join(array_agg(a order by p), ', ') from e",
    ],
    ["select epoch_us(t) from e", "select CAST(round(to_unixtime(t) * 1e6) AS bigint) from e"],
  ])("%s", (portable, trino) => {
    expect(trinoSql(portable)).toBe(trino);
  });

  it("has exact quantiles over the values that are there and pass the filter", () => {
    expect(trinoSql("select quantile_cont(s, 0.95) filter (where n > 1) from e")).toBe(
      "select transform(ARRAY[array_sort(array_agg(CAST(s AS double)) FILTER (WHERE s IS NOT NULL AND n > 1))], " +
        "a -> a[CAST(floor((cardinality(a) - 1) * 0.95e0) AS bigint) + 1] + " +
        "(a[CAST(ceil((cardinality(a) - 1) * 0.95e0) AS bigint) + 1] - a[CAST(floor((cardinality(a) - 1) * 0.95e0) AS bigint) + 1]) * " +
        "((cardinality(a) - 1) * 0.95e0 - floor((cardinality(a) - 1) * 0.95e0)))[1] from e",
    );
  });

  it("calls columns as the log's tables do, and leaves texts alone", () => {
    const names = new Map([['Größe "x"', "größe _x_"]]);
    expect(trinoSql(`select "Größe ""x""", 'Größe "x"' from events`, { names, columns: {} })).toBe(
      `select "größe _x_", 'Größe "x"' from events`,
    );
  });

  it("names all columns where some are replaced", () => {
    const tables = { names: new Map(), columns: { cases: ["case_id", "duration_s", "a b"] } };
    expect(
      trinoSql("with cases as (select cases.* replace (x / 2 as duration_s) from cases) select 1", tables),
    ).toBe(
      'with cases as (select cases."case_id", x * 1e0 / 2 AS "duration_s", cases."a b" from cases) select 1',
    );
  });

  it("counts with a sequence, and knows a table's columns from a call", () => {
    expect(
      trinoSql(
        "with m(t) as (select 1) select week from (values (1, 2)) runs(a, b), unnest(range(b)) as n(week)",
      ),
    ).toBe(
      "with m(t) as (select 1) select week from (values (1, 2)) runs(a, b), unnest(sequence(0, b - 1)) as n(week)",
    );
  });

  it("knows no function that is not portable", () => {
    expect(() => trinoSql("select system_query('drop table x')")).toThrow("not known");
  });
});
