import { DrizzleQueryError } from "drizzle-orm";
import { expect, it } from "vitest";
import { withoutValues } from "./reported.ts";

it("a query that failed is reported without what it carried, with the database's reason", () => {
  const cause = Object.assign(new Error("unsupported Unicode escape sequence"), {
    code: "22P05",
    where: "JSON data, line 1: Greta Holm",
  });
  const told = withoutValues(new DrizzleQueryError("insert into logs values ($1)", ["Greta\nHolm"], cause));
  expect(told).toBeInstanceOf(Error);
  const { message, stack } = told as Error;
  expect(message).toBe(
    "Failed query: insert into logs values ($1): unsupported Unicode escape sequence (22P05)",
  );
  expect(`${stack}${JSON.stringify(told)}`).not.toMatch(/Greta|Holm/u);
  expect(stack).toContain("reported.test.ts");
  expect((told as Error).cause).toBeUndefined();
});

it("any other failure is reported as it is", () => {
  const error = new TypeError("x");
  expect(withoutValues(error)).toBe(error);
});
