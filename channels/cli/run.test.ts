import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MillwrightError } from "../../errors.ts";
import { ana, createServiceDouble, maya, type ServiceDouble } from "../fixtures/service.ts";
import { proposal } from "../fixtures/views.ts";
import type { Engines } from "./command.ts";
import type { Connection } from "./connection.ts";
import { errorLine, runCommandLine } from "./run.ts";
import type { Terminal } from "./terminal.ts";

/** Notes what is asked of it. */
function calendarsDouble(asked: unknown[]): Connection["calendars"] {
  const office = { name: "Office", hours: "Mon 09:00–12:00, UTC", definition: {} };
  return {
    list: async () => [office],
    show: async () => office,
    async set(caller, name, definition) {
      asked.push([caller?.id, name, definition]);
      return { ...office, name };
    },
    async remove(caller, name) {
      asked.push([caller?.id, name]);
    },
    defaultOf: async (log) => ({ log, calendar: null }),
    async setDefault(caller, log, calendar) {
      asked.push([caller?.id, log, calendar]);
      return { log, calendar };
    },
  };
}

function commandLine(service: ServiceDouble = createServiceDouble(), environment: NodeJS.ProcessEnv = {}) {
  const written = {
    out: "",
    error: "",
    lines: [] as string[],
    kpis: [] as unknown[],
    calendars: [] as unknown[],
    imports: [] as unknown[],
    closed: 0,
  };
  const terminal: Terminal = {
    columns: 100,
    color: false,
    out: async (text) => {
      written.out += text;
      written.lines.push(text);
    },
    error: async (text) => {
      written.error += text;
    },
  };
  const people = new Map([maya, ana].map((person) => [person.id, person]));
  const connection: Connection = {
    service,
    tenant: "local",
    async person(name) {
      if (name === undefined) return null;
      const person = people.get(name);
      if (!person) throw new MillwrightError("unknown-person", 403, `Nobody here is called ${name}.`);
      return person;
    },
    importLog: async ({ name, mapping, zone }) => {
      written.imports.push({ name, mapping, zone });
      return (await service.logs({ person: null, tenant: "local" }))[0]!;
    },
    exportLog: (request) => service.exportLog({ ...request, tenant: "local" }),
    setKpis: async (_person, kpis) => written.kpis.push(...kpis),
    calendars: calendarsDouble(written.calendars),
    issueToken: async (_caller, owner) => `mw_${owner}`,
    close: async () => {
      written.closed += 1;
    },
  };
  const engines: Engines = {
    conformance: async () => {
      throw new MillwrightError("model-unreadable", 422, "This is no model.", {
        file: "model.bpmn",
        line: 3,
      });
    },
    exportFile: () => Promise.reject(new Error("not here")),
    exportStored: async ({ target, format = "csv" }, write) => {
      await write(target, format);
      return { file: target, format, bytes: 0 };
    },
    mine: async () => {
      throw new MillwrightError("log-unreadable", 400, "This is not a date.", {
        file: "orders.csv",
        line: 17,
        column: "when",
        role: "timestamp",
        remedy: "Name its format.",
      });
    },
    model: () => Promise.reject(new Error("not here")),
    connector: async () => connection,
    evals: () => Promise.reject(new Error("not here")),
    mutants: () => Promise.reject(new Error("not here")),
    demo: async () => {
      throw new Error("not here");
    },
    serve: async () => ({ close: async () => undefined }),
  };
  const run = (...words: string[]) =>
    runCommandLine(words, { terminal, environment, engines, signal: new AbortController().signal });
  return { run, written, service };
}

describe("exit codes", () => {
  it.each([
    ["no command", []],
    ["an unknown command", ["dig"]],
    ["an unknown option", ["ask", "where?", "--colour"]],
    ["an option without its value", ["ask", "where?", "--log"]],
    ["an argument too many", ["mine", "a.csv", "b.csv"]],
    ["no argument", ["mine"]],
    ["no question", ["ask"]],
    ["an empty question", ["ask", "  "]],
    ["a question and a batch", ["ask", "where?", "--batch", "x.jsonl"]],
    ["a zone that is none", ["mine", "a.csv", "--tz", "Mars/Olympus"]],
    ["a time that is none", ["ask", "where?", "--now", "soon"]],
    ["a choice that is none", ["mine", "a.csv", "--lifecycle", "some"]],
    ["a mapping that is none", ["mine", "a.csv", "--map", "colour=red"]],
    ["an approval by nobody", ["approve", "p-1"]],
    ["half a command", ["ledger"]],
    ["a calendar and none", ["calendar", "default", "orders", "Office", "--none"]],
    ["no calendar's name", ["calendar", "remove"]],
  ])("2 and one line that says where help is for %s", async (_, words) => {
    const { run, written } = commandLine();
    expect(await run(...words)).toBe(2);
    expect(written.error).toMatch(/^millwright: .+See `millwright .*--help`\.\n$/);
    expect(written.out).toBe("");
  });

  it("0 for help, which goes to standard output", async () => {
    const { run, written } = commandLine();
    expect(await run("--help")).toBe(0);
    expect(await run("ledger", "verify", "--help")).toBe(0);
    expect(written.out).toContain("ledger verify");
    expect(written.error).toBe("");
  });

  it("1 for what is not allowed, and the connection is closed", async () => {
    const { run, written } = commandLine();
    expect(await run("approve", "p-1", "--as", "maya")).toBe(1);
    expect(await run("approve", "p-1", "--as", "mallory")).toBe(1);
    expect(written.closed).toBe(2);
  });
});

describe("errors", () => {
  it("are one line that names the file as it was given, the line, the column and what to do", async () => {
    const { run, written } = commandLine();
    expect(await run("mine", "orders.csv")).toBe(1);
    expect(written.error).toBe(
      "millwright: orders.csv, line 17, column “when”, missing timestamp: This is not a date. Name its format.\n",
    );
  });

  it("are one RFC 9457 object with --json, wherever it stands", async () => {
    const { run, written } = commandLine();
    await run("--json", "mine", "orders.csv");
    expect(JSON.parse(written.error)).toMatchObject({
      type: "urn:millwright:log-unreadable",
      file: "orders.csv",
      line: 17,
    });
    const other = commandLine();
    expect(await other.run("mine", "--colour", "--json")).toBe(2);
    expect(JSON.parse(other.written.error)).toMatchObject({ type: "urn:millwright:usage" });
  });

  it("cannot steer the terminal", () => {
    const detail = "bad\u001b[2Jname\nmore";
    expect(errorLine({ type: "x", title: "x", status: 400, detail })).toBe("millwright: bad[2Jname more.");
  });
});

describe("ask", () => {
  it("prints the answer with evidence marks and the evidence below", async () => {
    const { run, written } = commandLine();
    expect(await run("ask", "where do we wait?", "--as", "maya")).toBe(0);
    expect(written.out).toContain("Approve order waits longest: 26 h[1] on average.");
    expect(written.out).toMatch(
      /\[1\] Mean waiting time before Approve order, all cases: 26 h, from 412 rows/,
    );
    expect(written.out).toContain("built-in planner");
  });

  it("prints the reply as one JSON object with --json, and says who asked what", async () => {
    const { run, written, service } = commandLine();
    await run(
      "ask",
      "where?",
      "--json",
      "--as",
      "maya",
      "--thread",
      "t",
      "--now",
      "2026-03-01T09:00:00+02:00",
    );
    expect(JSON.parse(written.out)).toMatchObject({ thread: "t", planner: "built-in" });
    expect(service.requests[0]?.request).toMatchObject({
      person: { id: "maya" },
      text: "where?",
      zone: "+02:00",
      now: new Date("2026-03-01T07:00:00Z"),
    });
  });
});

describe("a type of objects", () => {
  const file = "channels/cli/run.test.ts";

  it.each([
    ["ask", "where?", "--log", file],
    ["run", file],
  ])("is how %s reads a file", async (...words) => {
    const { run, written } = commandLine();
    expect(await run(...words, "--object-type", "order")).toBe(0);
    expect(written.imports).toEqual([
      { name: "run.test.ts", mapping: { objectType: "order" }, zone: undefined },
    ]);
  });

  it("is bad use for a log that is stored already", async () => {
    const { run, written } = commandLine();
    expect(await run("ask", "where?", "--log", "orders", "--object-type", "order")).toBe(2);
    expect(written.error).toContain("a stored log keeps its cases");
    expect(written.imports).toEqual([]);
  });
});

describe("ask --batch", () => {
  it("answers line by line in order, and ends with 1 when one failed", async () => {
    const { mkdtemp, rm, writeFile } = await import("node:fs/promises");
    const { join } = await import("node:path");
    const folder = await mkdtemp(join((await import("node:os")).tmpdir(), "millwright-batch-"));
    const file = join(folder, "questions.jsonl");
    const lines = [
      { id: 1, text: "where?", thread: "a" },
      { id: "two", text: "why?", as: "mallory" },
      { id: 3, text: "" },
      "not json",
      { id: 5, text: "which?", log: "nowhere" },
      { id: 6, text: "and then?", thread: "a" },
    ];
    await writeFile(
      file,
      lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n\n"),
    );
    const { run, written } = commandLine();
    expect(await run("ask", "--batch", file)).toBe(1);
    await rm(folder, { recursive: true });
    const answers = written.lines.map((line) => JSON.parse(line));
    expect(answers.map(({ id }) => id)).toEqual([1, "two", 3, null, 5, 6]);
    expect(answers.map((answer) => "problem" in answer)).toEqual([false, true, true, true, true, false]);
    expect(answers[0].thread).toBe("a");
  });

  it("says that the file is not there", async () => {
    const { run, written } = commandLine();
    expect(await run("ask", "--batch", "nowhere.jsonl")).toBe(1);
    expect(written.error).toBe("millwright: nowhere.jsonl: There is no such file.\n");
  });
});

describe("decisions", () => {
  it("prints id, state, receipt and whether it was decided before", async () => {
    const { run, written } = commandLine();
    expect(await run("approve", proposal.id, "--as", "ana", "--json")).toBe(0);
    expect(await run("approve", proposal.id, "--as", "ana", "--json", "--digest", proposal.digest)).toBe(0);
    const [first, second] = written.lines.map((line) => JSON.parse(line));
    expect(first).toMatchObject({ id: proposal.id, state: "executed", already: false });
    expect(second.already).toBe(true);
  });

  it("refuses a digest that is not the proposal's", async () => {
    const { run } = commandLine();
    expect(await run("approve", proposal.id, "--as", "ana", "--digest", "00")).toBe(1);
  });

  it("lists proposals as the contract has them", async () => {
    const { run, written } = commandLine();
    await run("proposals", "--json");
    expect(Object.keys(JSON.parse(written.out)[0])).toEqual([
      "id",
      "state",
      "tool",
      "summary",
      "digest",
      "requester",
      "approvers",
      "expires",
    ]);
    const none = commandLine(createServiceDouble({ proposals: async () => [] }));
    await none.run("proposals", "--json");
    expect(none.written.out).toBe("[]\n");
  });
});

describe("the rest", () => {
  it("ledger verify ends with 1 when the chain does not hold", async () => {
    const broken = { entries: [], verified: { ok: false, entries: 7, problem: "Entry 4 was changed." } };
    const { run, written } = commandLine(createServiceDouble({ ledger: async () => broken }));
    expect(await run("ledger", "verify")).toBe(1);
    expect(written.out).toContain("Entry 4 was changed.");
    expect(await commandLine().run("ledger", "verify")).toBe(0);
  });

  it("calendars are set from a file, listed, chosen for a log and removed", async () => {
    const { run, written } = commandLine();
    const folder = await mkdtemp(join(tmpdir(), "calendar-"));
    const file = join(folder, "office.json");
    try {
      const hours = { monday: [["09:00", "12:00"]] };
      await writeFile(file, JSON.stringify({ name: "Office", hours }));
      expect(await run("calendar", "set", file, "--as", "ana")).toBe(0);
      expect(await run("calendar", "set", file, "--name", "Harbour", "--as", "ana")).toBe(0);
      await writeFile(file, JSON.stringify({ hours }));
      expect(await run("calendar", "set", file)).toBe(2);
      await writeFile(file, "[]");
      expect(await run("calendar", "set", file)).toBe(1);
      expect(await run("calendar", "default", "orders", "Office", "--as", "ana")).toBe(0);
      expect(await run("calendar", "default", "orders", "--none", "--as", "ana", "--json")).toBe(0);
      expect(await run("calendar", "default", "orders")).toBe(0);
      expect(await run("calendar", "remove", "Office", "--as", "ana")).toBe(0);
      expect(await run("calendar", "list")).toBe(0);
      expect(written.calendars).toEqual([
        ["ana", "Office", { name: "Office", hours }],
        ["ana", "Harbour", { name: "Office", hours }],
        ["ana", "orders", "Office"],
        ["ana", "orders", null],
        ["ana", "Office"],
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(written.lines).toContain('{"log":"orders","calendar":null}\n');
    expect(written.out).toContain("Business hours of orders: Monday to Friday, 9 to 17\n");
    expect(written.out).toMatch(/Name +Hours.*\nOffice +Mon 09:00–12:00, UTC/);
  });

  it("ask hands a calendar's file on, and refuses one that is none", async () => {
    const { run, written, service } = commandLine();
    const folder = await mkdtemp(join(tmpdir(), "calendar-"));
    const file = join(folder, "office.json");
    try {
      const office = { name: "Office", hours: { monday: [["09:00", "12:00"]] } };
      await writeFile(file, JSON.stringify(office));
      expect(await run("ask", "where do we wait?", "--calendar", file)).toBe(0);
      expect(service.requests.at(-1)).toMatchObject({ method: "send", request: { calendar: office } });
      await writeFile(file, "[]");
      expect(await run("ask", "where do we wait?", "--calendar", file)).toBe(1);
      expect(written.error).toContain("office.json");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  describe("memory", () => {
    const kept = (id: string, term: string | null, text: string) => ({
      ...{ id, kind: term === null ? "note" : "definition", scope: "person", term, text, expires: null },
    });
    const memories = [
      kept("aaaabbbb-1", null, "month end is busy"),
      kept("aaaabbbb-2", null, "invoices came twice"),
      kept("ccccdddd-1", "late", "late means over 5 days"),
      { ...kept("ccccdddd-2", "slow", "slow means over 9 days"), scope: "tenant" },
    ];
    const withMemories = (assumptions: string[] = []) => {
      const answer = {
        headline: { text: "Done." },
        figures: [],
        assumptions: assumptions.map((text) => ({ text })),
      };
      const forgotten: unknown[] = [];
      const service = createServiceDouble({
        async call({ tool, input }) {
          if (tool === "memory.forget") forgotten.push(input);
          const data = tool === "memory.forget" ? [{ id: "gone" }] : memories;
          return { kind: "result", data, facts: [], views: [], answer };
        },
      });
      return { ...commandLine(service), forgotten };
    };

    it("forgets by a whole id, by the beginning of one of the person's own, and by a term", async () => {
      const { run, forgotten } = withMemories();
      for (const which of ["aaaabbbb-1", "ccccdddd", "Late"])
        expect(await run("memory", "forget", which, "--as", "maya")).toBe(0);
      expect(forgotten).toEqual([{ id: "aaaabbbb-1" }, { id: "ccccdddd-1" }, { term: "Late" }]);
    });

    it("forgets nothing where the beginning of an id may mean several, and names them", async () => {
      const { run, written, forgotten } = withMemories();
      expect(await run("memory", "forget", "aaaabbbb", "--as", "maya")).toBe(1);
      expect(forgotten).toEqual([]);
      expect(written.out).toBe("");
      for (const told of [
        "aaaabbbb-1 (“month end is busy”)",
        "aaaabbbb-2 (“invoices came twice”)",
        "Nothing",
      ])
        expect(written.error).toContain(told);
    });

    it("says beside what it finds how it was found", async () => {
      const { run, written } = withMemories(["Found by words alone."]);
      expect(await run("memory", "recall", "month end", "--as", "maya", "--json")).toBe(0);
      expect(JSON.parse(written.out)).toHaveLength(4);
      expect(written.error).toBe("Found by words alone.\n");
    });
  });

  it("token prints the token and nothing else", async () => {
    const { run, written } = commandLine();
    expect(await run("token", "--as", "ana")).toBe(0);
    expect(written.out).toBe("mw_ana\n");
  });
});
