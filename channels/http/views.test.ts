import { expect, it } from "vitest";
import { views } from "../fixtures/views.ts";
import { ViewSchema } from "./schemas.ts";

it.each(Object.entries(views))("the %s view goes over the wire as the schema says", (_, view) => {
  expect(ViewSchema.parse(JSON.parse(JSON.stringify(view)))).toEqual(view);
});

it("a kind outside the closed set is refused", () => {
  expect(ViewSchema.safeParse({ kind: "hologram", title: "x" }).success).toBe(false);
});
