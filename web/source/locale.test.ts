import { describe, expect, it } from "vitest";
import { browserLocale } from "./locale.ts";

describe("the browser's language", () => {
  it.each([
    ["en-US@posix", "en-US"],
    ["de_DE.UTF-8", "de-DE"],
    ["pt-BR", "pt-BR"],
    ["C", "en"],
    ["", "en"],
  ])("%j is taken as %s", (reported, tag) => {
    expect(browserLocale(reported)).toBe(tag);
  });
});
