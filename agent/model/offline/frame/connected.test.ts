import { describe, expect, it } from "vitest";
import readTool from "../../../../tools/connectors/read.tool.ts";
import type { Tool } from "../../../../tools/define.ts";
import { briefing } from "../fixtures/briefing.ts";
import { languageOf } from "../languages/index.ts";
import { read } from "../link/read.ts";
import { fill } from "./slots.ts";

const tickets = {
  connector: "tickets",
  title: "Ticket system",
  operation: "listTickets",
  summary: "List tickets",
};
const customers = { connector: "crm", title: "Sales", operation: "get_customers", summary: "All customers" };

const filled = (text: string, reads = [tickets, customers]) => {
  const known = briefing(text, { reads });
  return fill(readTool as Tool, read(text, languageOf("en"), known), known);
};

describe("a read of a connected system", () => {
  it.each([
    ["read the tickets from the ticket system", { connector: "tickets", operation: "listTickets" }],
    ["fetch the open tickets", { connector: "tickets", operation: "listTickets" }],
    ["look up our customers in sales", { connector: "crm", operation: "get_customers" }],
  ])('is found by the words of "%s"', (text, input) => {
    expect(filled(text).input).toMatchObject(input);
    expect(filled(text).missing).toEqual([]);
  });

  it("is asked for where nothing is connected, or nothing shares a word, or two do alike", () => {
    const missing = (text: string, reads = [tickets, customers]) =>
      filled(text, reads).missing.map(({ name }) => name);
    expect(missing("read the tickets", [])).toEqual(["connector", "operation"]);
    expect(missing("query the stock level")).toEqual(["connector", "operation"]);
    expect(missing("read the tickets", [tickets, { ...tickets, connector: "other" }])).toEqual([
      "connector",
      "operation",
    ]);
  });
});
