import { describe, expect, it } from "vitest";
import { proposal } from "../../../channels/fixtures/views.ts";
import { readReceipt } from "./receipt-data.ts";
import { approveLabel, byRisk, describeRisk, mayDecide } from "./states.ts";

const final = { ...proposal, preview: { ...proposal.preview, undo: { possible: false, how: "" } } };

describe("the order of approvals", () => {
  it("is what cannot be undone, then most money, then what lapses first", () => {
    const small = {
      ...proposal,
      id: "small",
      preview: { ...proposal.preview, money: { amount: 1, currency: "EUR" } },
    };
    const soon = { ...proposal, id: "soon", expires: "2026-11-22T00:00:00.000Z" };
    const order = byRisk([small, proposal, { ...final, id: "final" }, soon]).map((card) => card.id);
    expect(order).toEqual(["final", "soon", proposal.id, "small"]);
  });

  it("shows a write without an undo as what cannot be undone", () => {
    expect(describeRisk(final).word).toBe("Cannot be undone");
    expect(describeRisk(proposal).word).toBe("Changes something");
  });
});

describe("who may decide", () => {
  it("is who is named or has the role, while it waits", () => {
    expect(mayDecide(proposal, { id: "ana", roles: [] }).may).toBe(true);
    expect(mayDecide({ ...proposal, approvers: ["approver"] }, { id: "x", roles: ["approver"] }).may).toBe(
      true,
    );
    expect(mayDecide(proposal, { id: "maya", roles: ["manager"] })).toEqual({
      may: false,
      why: "You asked for it, so somebody else decides.",
    });
    expect(mayDecide(proposal, null).may).toBe(false);
    expect(mayDecide({ ...proposal, state: "executed" }, { id: "ana", roles: [] })).toMatchObject({
      why: "Done",
    });
  });
});

it("the approve button says what it does", () => {
  expect(approveLabel(proposal)).toBe(proposal.preview.action);
});

it("a receipt shows the other system's own ids, and bears one of an unknown shape", () => {
  expect(readReceipt({ summary: "Done.", references: [{ system: "tickets", id: 7 }, {}] })).toEqual({
    summary: "Done.",
    references: [{ system: "tickets", id: "7" }],
  });
  expect(readReceipt(undefined)).toEqual({ summary: null, references: [] });
});
