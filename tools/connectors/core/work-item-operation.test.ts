import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSpecification } from "../import-specification.ts";
import { workItemArguments, workItemFields } from "./work-item-operation.ts";

const tickets = await parseSpecification(
  readFileSync(new URL("../../../tests/systems/tickets/openapi.json", import.meta.url), "utf8"),
);

describe("creating a work item", () => {
  it("is found by what the body can take, and only there", () => {
    const found = tickets.operations.filter((operation) => workItemFields(operation) !== null);
    expect(found.map(({ id }) => id)).toEqual(["createTicket"]);
  });

  it("fills the fields that the schema has, and a priority only in its words", () => {
    const operation = tickets.operations.find(({ id }) => id === "createTicket");
    const fields = operation && workItemFields(operation);
    if (!operation || !fields) throw new Error("no operation");
    const item = { title: "Add a clerk", description: "Credit check waits", priority: "high" };
    expect(workItemArguments(operation, fields, item)).toEqual({
      body: { title: "Add a clerk", description: "Credit check waits", priority: "high" },
    });
    expect(workItemArguments(operation, fields, { ...item, priority: "urgent" })).toEqual({
      body: { title: "Add a clerk", description: "Credit check waits" },
    });
  });
});
