import { describe, expect, it } from "vitest";
import { defaultPolicies, policyFor } from "./policy.ts";

describe("the default policies", () => {
  it("ask one approver for a write, two for what cannot be taken back, within 72 hours", () => {
    expect(policyFor({ name: "rules.publish", risk: "write" })).toMatchObject({
      role: "approver",
      quorum: 1,
      hours: 72,
    });
    expect(policyFor({ name: "orders.delete", risk: "irreversible" })).toMatchObject({
      quorum: 2,
      hours: 72,
    });
  });
});

describe("policies", () => {
  it("are tried in their order, by tool and risk", () => {
    const own = {
      name: "own",
      tools: ["rules.publish"],
      role: "admin",
      quorum: 3,
      hours: 1,
      words: "Ours.",
    } as const;
    expect(policyFor({ name: "rules.publish", risk: "irreversible" }, [own, ...defaultPolicies])).toBe(own);
    expect(policyFor({ name: "rules.withdraw", risk: "write" }, [own, ...defaultPolicies]).name).toBe(
      "default",
    );
  });

  it("must fit every tool", () => {
    expect(() => policyFor({ name: "a.b", risk: "write" }, [])).toThrow(RangeError);
  });
});
