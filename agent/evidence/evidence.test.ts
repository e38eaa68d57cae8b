import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duckDbDialect } from "../../db/logs/dialect.ts";
import type { Fact, LogAccess, ProposalCard } from "../../tools/define.ts";
import type { LogBriefing, ToolOutcome } from "../model/provider.ts";
import { type Allowed, allowedIn } from "./allowed.ts";
import { createFactory, FactDraftError, rememberDigests } from "./facts.ts";
import { formatQuantity } from "./format.ts";
import { numbersInDigits, numbersInWords } from "./numbers.ts";
import { renderTemplate, UnknownFactError } from "./render.ts";
import { agrees, doubtsAbout, doubtsInShort, recomputationDoubts, type Statement } from "./verify.ts";

const digest = "d".repeat(64);
const make = createFactory((log) => (log === "orders" ? { id: "log-1", digest } : null));
const fact = (value: number, unit: string, label = "Mean waiting before Pack"): Fact =>
  make({ value, unit, label, sql: `select ${value}`, log: "orders", rows: 12 });

const briefing: LogBriefing = {
  id: "log-1",
  name: "Orders 2024",
  cases: 4,
  events: 8,
  first: "2024-01-01T00:00:00Z",
  last: "2024-03-31T00:00:00Z",
  vocabulary: {
    activities: [{ name: "W_Nabellen offertes 2", count: 3 }],
    attributes: [{ name: "tier", of: "case", kind: "text", values: ["Gold 3", "7"], distinct: 2 }],
    hasStarts: true,
    hasTimes: true,
  },
};
const outcome = (input: unknown, facts: readonly Fact[] = []): ToolOutcome => ({
  kind: "result",
  tool: "mining.bottlenecks",
  input,
  result: { data: null, facts, views: [], answer: { headline: { text: "" }, figures: [], assumptions: [] } },
});
const allowed = (
  text: string,
  outcomes: readonly ToolOutcome[] = [],
  facts: readonly Fact[] = [],
  proposals: readonly ProposalCard[] = [],
): Allowed =>
  allowedIn({
    facts,
    text,
    language: "en",
    zone: "UTC",
    now: new Date("2026-11-16T09:00:00Z"),
    outcomes,
    logs: [briefing],
    proposals,
    limits: [],
  });
const card = (state: string): ProposalCard => ({
  id: "p_1",
  state,
  tool: "rules.publish",
  risk: "write",
  digest,
  summary: "Publish it",
  preview: {
    action: "Publish",
    summary: "Publish it",
    changes: [],
    affected: { count: 0, unit: "cases", examples: [] },
    undo: { possible: true, how: "Withdraw it." },
    risks: [],
    why: "It was asked for.",
    facts: [],
  },
  input: {},
  requester: "arun",
  approvers: ["ana"],
  policy: "One decides.",
  expires: "2026-11-19T09:00:00Z",
});
const statement = (template: string, facts: readonly Fact[], more: Partial<Statement> = {}): Statement => {
  const known = new Map(facts.map((one) => [one.id, one]));
  return {
    ...renderTemplate(template, known, "en"),
    facts: known,
    language: "en",
    allowed: allowed(""),
    quoted: [],
    byLanguageModel: true,
    ...more,
  };
};
const kinds = (...args: Parameters<typeof statement>): string[] =>
  doubtsAbout(statement(...args)).map(({ kind }) => kind);

describe("a fact", () => {
  it("has an id that its content gives, and that any change of it changes", () => {
    const one = fact(37_440, "s");
    expect(one.id).toBe(`f${one.hash.slice(0, 8)}`);
    expect(fact(37_440, "s")).toEqual(one);
    for (const other of [fact(37_441, "s"), fact(37_440, "cases"), fact(37_440, "s", "Another")]) {
      expect(other.hash).not.toBe(one.hash);
    }
    const grown = createFactory(() => ({ id: "log-1", digest: "e".repeat(64) }));
    expect(
      grown({ value: 37_440, unit: "s", label: one.label, sql: one.sql!, log: "orders", rows: 12 }).hash,
    ).not.toBe(one.hash);
  });

  it("carries its query in the words of the store where its log lives", () => {
    const inTrino = createFactory(() => ({
      id: "log-1",
      digest,
      dialect: { name: "trino", tables: { names: new Map(), columns: {} } },
    }));
    const draft = { value: 0.5, unit: "share", label: "Share", log: "orders", rows: 2 };
    expect(inTrino({ ...draft, sql: "select count(a) / count(*) from b" }).sql).toBe(
      "select count(a) * 1e0 / count(*) from b",
    );
    expect(() => inTrino({ ...draft, sql: "select list(a) from b" })).toThrow("not portable");
  });

  it("needs a number, a source, and a query when it comes from a log", () => {
    const draft = { value: 1, unit: "cases", label: "Cases", rows: 1 };
    expect(() => make({ ...draft, value: Number.NaN, log: "orders", sql: "select 1" })).toThrow(
      FactDraftError,
    );
    expect(() => make({ ...draft, log: "never opened", sql: "select 1" })).toThrow(/not opened/);
    expect(() => make({ ...draft, log: "orders" })).toThrow(/SQL/);
    expect(() => make(draft)).toThrow(/log or a call/);
    expect(make({ ...draft, call: { tool: "audit.cost", input: {} } })).toMatchObject({
      sql: null,
      source: { kind: "call" },
    });
  });

  it("may be about a log under its id or its name", async () => {
    const log = {
      id: "log-9",
      name: "Loans",
      digest,
      log: {} as never,
      dialect: duckDbDialect,
      query: async () => ({ columns: [], rows: [] }),
    };
    const { logs, digestOf } = rememberDigests({ open: async () => log, list: async () => [] });
    expect(digestOf("log-9")).toBeNull();
    await logs.open();
    expect(digestOf("log-9")).toBe(log);
    expect(digestOf("Loans")).toBe(log);
  });
});

describe("a quantity", () => {
  it.each([
    [37_440, "s", "10.4 h", "10,4 h"],
    [198_720, "s", "2.3 days", "2,3 Tage"],
    [2700, "s", "45 min", "45 min"],
    [3599, "s", "1 h", "1 h"],
    [59.97, "s", "1 min", "1 min"],
    [0, "s", "0 s", "0 s"],
    [-7200, "s", "-2 h", "-2 h"],
    [0.1234, "share", "12.3%", "12,3 %"],
    [12, "%", "12%", "12 %"],
    [1_234_567, "cases", "1,234,567 cases", "1.234.567 Fälle"],
    [1, "activities", "1 activity", "1 Aktivität"],
    [1, "cases per day", "1 case per day", "1 case per day"],
    [0.5, "passes", "0.5 passes", "0,5 passes"],
    [1200, "EUR", "€1,200", "1.200 €"],
    [12.5, "USD", "$12.50", "12,50 $"],
  ])("%d %s is written %s in English and %s in German", (value, unit, english, german) => {
    const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
    expect(plain(formatQuantity(value, unit, "en"))).toBe(english);
    expect(plain(formatQuantity(value, unit, "de"))).toBe(german);
  });

  it("always has its digits where the reader sees them, whatever the size", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.constantFrom("s", "share", "EUR", "cases"),
        (value, unit) => {
          expect(formatQuantity(value, unit, "en")).toMatch(/\d/);
          expect(formatQuantity(value, unit, "en")).not.toContain("NaN");
        },
      ),
    );
  });
});

describe("rendering", () => {
  it("marks exactly the figures", () => {
    const [wait, cases] = [fact(37_440, "s"), fact(1234, "cases")];
    const known = new Map([wait, cases].map((one) => [one.id, one]));
    const { text, marks } = renderTemplate(`{{${wait.id}}} over {{ ${cases.id} }}`, known, "en");
    expect(text).toBe("10.4 h over 1,234 cases");
    expect(marks.map(({ start, end }) => text.slice(start, end))).toEqual(["10.4 h", "1,234 cases"]);
    expect(() => renderTemplate("{{f0}}", known, "en")).toThrow(UnknownFactError);
  });
});

describe("what the server's log is told of a reply that is held back", () => {
  it("is how many doubts of which kind there were, and no word of the reply", () => {
    const near = "Greta Holm made 77";
    const doubts = [
      { kind: "unlinked-number", number: "77", near },
      { kind: "unlinked-number", number: "78", near },
      { kind: "unknown-fact", fact: "Greta Holm" },
    ] as const;
    expect(doubtsInShort(doubts)).toEqual(["unlinked-number: 2.", "unknown-fact: 1."]);
  });
});

describe("the look at a reply", () => {
  const wait = fact(37_440, "s");
  const cases = fact(1234, "cases");
  const share = fact(0.1234, "share");
  const template = `Pack waits {{${wait.id}}} in {{${cases.id}}} ({{${share.id}}}), more than the 48 you named, since 1 January 2024 in Orders 2024.`;
  const good = statement(template, [wait, cases, share], { allowed: allowed("is it more than 48?") });

  it("lets figures, the person's numbers, names and dates pass", () => {
    expect(doubtsAbout(good)).toEqual([]);
  });

  it("catches any digit that is changed, wherever it stands", () => {
    const places = [...good.text].flatMap((char, index) => (/\d/.test(char) ? [index] : []));
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        fc.pre(good.text[at] !== String(digit));
        const text = good.text.slice(0, at) + digit + good.text.slice(at + 1);
        expect(doubtsAbout({ ...good, text })).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("catches a digit that is put in, wherever it is put", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: good.text.length }),
        fc.integer({ min: 0, max: 9 }),
        (at, digit) => {
          const text = good.text.slice(0, at) + digit + good.text.slice(at);
          const marks = good.marks.map(({ start, end, fact: id }) => ({
            fact: id,
            start: start + (start >= at ? 1 : 0),
            end: end + (end > at ? 1 : 0),
          }));
          expect(doubtsAbout({ ...good, text, marks })).not.toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ["digits", "It takes 12 hours."],
    ["a percentage", "That is 30% of them."],
    ["Arabic digits", "يستغرق ١٢ ساعة"],
    ["Devanagari digits", "१२ घंटे"],
    ["full-width digits", "１２時間"],
    ["Chinese numerals", "需要十二小时"],
    ["a fraction", "½ of them"],
    ["a Roman numeral sign", "Ⅻ cases"],
    ["a number word", "It takes twelve hours."],
    ["a compound", "fifty-two cases"],
    ["a German compound", "zweiundzwanzig Fälle"],
    ["twice", "It is twice as slow."],
    ["half", "Nearly half of the cases."],
  ])("blocks %s that no fact stands behind", (_name, text) => {
    expect(kinds(text, [])).toContain("unlinked-number");
  });

  it("does not take words for numbers from the built-in planner's grammars, nor ordinary words from anybody", () => {
    expect(kinds("The two differ.", [], { byLanguageModel: false })).toEqual([]);
    expect(
      kinds(
        "One next step: often a second look at the weight of someone's tension helps. 一般 it is well.",
        [],
      ),
    ).toEqual([]);
  });

  it("blocks a figure that runs on", () => {
    expect(kinds(`{{${share.id}}}0 cases`, [share])).toContain("unlinked-number");
    expect(kinds(`{{${share.id}}}.5 cases`, [share])).toContain("unlinked-number");
    expect(kinds(`1{{${cases.id}}}`, [cases])).toContain("unlinked-number");
  });

  it("lets names with digits pass as a whole only", () => {
    expect(kinds("W_Nabellen offertes 2 for Gold 3", [])).toEqual([]);
    expect(kinds("W_Nabellen offertes 23", [])).toContain("unlinked-number");
    expect(kinds("offertes 2", [])).toContain("unlinked-number");
  });

  it("finds settings and names between letters that are written without spaces, but not inside a longer figure", () => {
    const settings = { ...allowed(""), settings: [5], phrases: ["Case 12"] };
    const more = { allowed: settings, quoted: ["5件"], language: "ja", byLanguageModel: false };
    expect(kinds("Case 12のうち5件すべて", [], more)).toEqual([]);
    expect(kinds("Case 12万のうち", [], more)).toEqual(["unlinked-number"]);
    expect(kinds("15件すべて", [], more)).toEqual(["unlinked-number"]);
  });

  it("does not let a value that is a bare number excuse every such number", () => {
    expect(kinds("There are 7 cases.", [])).toContain("unlinked-number");
    const filtered = allowed("", [
      outcome({ filters: [{ kind: "attribute", attribute: "tier", comparator: "=", value: "7" }] }),
    ]);
    expect(kinds("Where tier is 7.", [], { allowed: filtered })).toEqual([]);
  });

  it("takes settings of a call when they are quoted, in any unit of time, and no others", () => {
    const settings = allowed("", [outcome({ threshold: 7200 })]);
    expect(kinds("Longer than 2 h.", [], { allowed: settings, quoted: ["2 h"] })).toEqual([]);
    expect(kinds("Longer than 120 minutes.", [], { allowed: settings, quoted: ["120 minutes"] })).toEqual([]);
    expect(kinds("Longer than 2 h.", [], { allowed: settings })).toContain("unlinked-number");
    expect(kinds("Longer than 3 h.", [], { allowed: settings, quoted: ["3 h"] })).toContain("not-a-setting");
  });

  it("takes a call's window in the words it came with, and its dates", () => {
    const window = {
      kind: "window",
      from: "2026-11-09T00:00:00Z",
      to: "2026-11-16T00:00:00Z",
      label: "last week (9 to 15 November)",
    };
    const said = allowed("", [outcome({ filters: [window] })]);
    expect(kinds("In last week (9 to 15 November), to 15 November 2026.", [], { allowed: said })).toEqual([]);
    expect(kinds("To 14 November 2026.", [], { allowed: said })).toContain("unlinked-number");
  });

  it("takes the dates that the built-in planner works out, and nothing beside them", () => {
    const planner = { byLanguageModel: false };
    const text =
      "Nothing in last week (9 – 15 November 2026): the log ends on March 3rd, 2025, 2025-03-03 or in May 2024.";
    expect(kinds(text, [], planner)).toEqual([]);
    expect(kinds(text, [])).toContain("unlinked-number");
    expect(kinds("In 12 of May 2024's 31 days, 40 Novembers.", [], planner)).toHaveLength(3);
    const german = { ...planner, language: "de" };
    expect(kinds("Vom 9. bis 15. November 2026 und im März 2024", [], german)).toEqual([]);
  });

  it.each(["ja", "zh"])("takes months that are numbers with a mark, and no other numbers: %s", (language) => {
    const planner = { byLanguageModel: false, language };
    expect(kinds("2026年5月1日、12月、2025年", [], planner)).toEqual([]);
    expect(kinds("7, 8件", [], planner)).toEqual(["unlinked-number", "unlinked-number"]);
    expect(kinds("1,032件", [], { ...planner, quoted: ["1,032件"] })).toContain("not-a-setting");
    const counted = allowed("", [outcome({ most: 1032 })]);
    expect(kinds("1,032件", [], { ...planner, allowed: counted, quoted: ["1,032件"] })).toEqual([]);
  });

  it("takes a sentence that code made, also as a clause, and only as a whole", () => {
    const problem: ToolOutcome = {
      kind: "problem",
      tool: "x.y",
      input: {},
      title: "Gone",
      detail: "There are 3 logs.",
    };
    const said = allowed("", [problem]);
    expect(
      kinds("I looked: there are 3 logs since 2024-05-06, so choose.", [], {
        allowed: said,
        byLanguageModel: false,
      }),
    ).toEqual([]);
    expect(kinds("There are 3 cases.", [], { allowed: said })).toContain("unlinked-number");
  });

  it("takes a fact's query as a whole, and the rows it rests on when they are quoted", () => {
    const said = allowed("", [], [wait]);
    expect(kinds(`From 12 rows: ${wait.sql}`, [], { allowed: said, quoted: ["12"] })).toEqual([]);
    expect(kinds("From 12 rows", [], { allowed: said })).toContain("unlinked-number");
    expect(kinds("select 37441", [], { allowed: said })).toContain("unlinked-number");
  });

  it("takes list numbers that count up from one", () => {
    expect(kinds("1. Pack\n2. Ship\n3. Bill", [])).toEqual([]);
    expect(kinds("1. Pack\n4. Ship", [])).toContain("unlinked-number");
  });
});

describe("how many proposals wait", () => {
  it("may be said of those that there are, and of no other number", () => {
    const waiting = Array.from({ length: 44 }, () => card("pending"));
    const of = allowed("", [], [], [...waiting, card("executed")]);
    const more = { allowed: of, byLanguageModel: false };
    expect(kinds("44 proposals are waiting.", [], { ...more, quoted: ["44"] })).toEqual([]);
    expect(kinds("45 proposals are waiting.", [], { ...more, quoted: ["45"] })).toContain("not-a-setting");
  });
});

describe("recomputing", () => {
  const answering = (value: unknown): LogAccess => ({
    list: async () => [],
    open: async () => ({
      id: "log-1",
      name: "Orders",
      digest,
      log: {} as never,
      dialect: duckDbDialect,
      query: async () => ({ columns: ["value"], rows: [[value as number]] }),
    }),
  });

  it("agrees within a millionth or a billionth part", async () => {
    expect(agrees(1, 1 + 9e-7)).toBe(true);
    expect(agrees(1, 1.00001)).toBe(false);
    expect(agrees(1e12, 1e12 + 900)).toBe(true);
    const one = fact(37_440, "s");
    expect(await recomputationDoubts([one], answering(37_440))).toEqual([]);
    for (const other of [37_441, null, "37440"]) {
      expect(await recomputationDoubts([one], answering(other))).toMatchObject([{ kind: "not-recomputed" }]);
    }
  });
});

describe("finding numbers", () => {
  it("takes separators, dates and times as parts of one number", () => {
    const found = (text: string): string[] => numbersInDigits(text).map((span) => span.text);
    expect(found("1,234.5 on 2024-01-01 at 10:30, 1 234 or 1'234.")).toEqual([
      "1,234.5",
      "2024-01-01",
      "10:30",
      "1",
      "234",
      "1'234",
    ]);
  });
  it("knows words of seven languages, and no parts of other words", () => {
    const found = (text: string): string[] => numbersInWords(text).map((span) => span.text);
    expect(found("twelve zwölf douze doce dodici doze twaalf")).toHaveLength(7);
    expect(found("attention, wonder, twofold, achten")).toEqual([]);
  });
});
