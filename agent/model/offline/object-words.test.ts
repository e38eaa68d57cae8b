import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { briefing } from "./fixtures/briefing.ts";
import { profiles } from "./languages/index.ts";
import { translate } from "./translate.ts";

const words = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];

describe("a word that every object of the language has", () => {
  it.each(profiles.map(({ code }) => code))("is a word like any other in %s", (language) => {
    for (const text of [words.join(" "), `the first two ${words.join(" 2 ")}`])
      expect(analyse(text, briefing(text, { language })).language).toBeTruthy();
    for (const word of words) expect(translate(word, language)).toBe(word);
  });
});
