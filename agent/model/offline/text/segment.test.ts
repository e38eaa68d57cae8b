import { describe, expect, it } from "vitest";
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { linkWindows } from "../link/windows/link-windows.ts";
import { senses } from "./lexicon.ts";
import { tokenise, utterance } from "./utterance.ts";

const english = languageOf("en");
const japanese: Language = {
  ...english,
  code: "ja",
  name: "日本語",
  script: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  functionWords: "は が を に で の と も ます です か",
  endings: [],
  doubledConsonants: false,
  concepts: { bottleneck: "ボトルネック, 時間がかかって", wait: "待ち時間, 待つ" },
  business: { 与信審査: "credit check" },
  time: {
    ...english.time,
    today: "今日",
    since: "から",
    fused: { "last-week": "先週", "last-month": "先月" },
    marks: { year: "年", month: "月", day: "日" },
  },
};
const words = (text: string): string[] => tokenise(text, japanese).map(({ text: word }) => word);

describe("a script without spaces", () => {
  it("is cut by the longest word that the language's lists have", () => {
    expect(words("待ち時間")).toEqual(["待ち時間"]);
    expect(words("先週の待ち時間は")).toEqual(["先週", "の", "待ち時間", "は"]);
  });

  it("keeps words of other scripts and figures whole", () => {
    expect(words("Credit checkの待ち時間は500です")).toEqual([
      "Credit",
      "check",
      "の",
      "待ち時間",
      "は",
      "500",
      "です",
    ]);
  });

  it("finds ideas inside a sentence", () => {
    const found = senses(tokenise("どこで時間がかかっていますか", japanese), japanese);
    expect(found.map(({ meaning }) => meaning.value)).toContain("bottleneck");
  });

  it.each([
    ["先週の件数", "2026-11-09", "2026-11-16"],
    ["2026年10月12日", "2026-10-12", "2026-10-13"],
    ["10月12日の件数", "2026-10-12", "2026-10-13"],
    ["2026年3月の件数", "2026-03-01", "2026-04-01"],
    ["3月の件数", "2026-03-01", "2026-04-01"],
  ])("reads the window in %s", (text, from, to) => {
    const [link] = linkWindows(utterance(text, japanese), new Date("2026-11-18T10:00:00Z"), "UTC");
    expect([link?.window.from?.slice(0, 10), link?.window.to?.slice(0, 10)]).toEqual([from, to]);
  });
});

const spanish: Language = {
  ...english,
  code: "es",
  time: {
    ...english.time,
    last: "pasado, pasada, último, última, últimos, últimas",
    beforeLast: "antepasado, antepasada",
    current: "este, esta",
    since: "desde",
    in: "en, de, del",
    of: "de, del",
    articles: "el, la, los, las",
    units: {
      day: "día, días",
      week: "semana, semanas",
      month: "mes, meses",
      quarter: "trimestre",
      year: "año",
    },
    adjectiveAfter: true,
  },
};

describe("a language that says after the unit which one", () => {
  it.each([
    ["la semana pasada", "2026-11-09", "2026-11-16"],
    ["el mes pasado", "2026-10-01", "2026-11-01"],
    ["la semana antepasada", "2026-11-02", "2026-11-09"],
    ["los últimos 30 días", "2026-10-19", "2026-11-18"],
    ["esta semana", "2026-11-16", "2026-11-23"],
    ["en marzo", "2026-03-01", "2026-04-01"],
    ["el lunes pasado", "2026-11-16", "2026-11-17"],
    ["el 12 de octubre de 2026", "2026-10-12", "2026-10-13"],
    ["en marzo de 2025", "2025-03-01", "2025-04-01"],
  ])("reads the window in %s", (text, from, to) => {
    const [link] = linkWindows(utterance(text, spanish), new Date("2026-11-18T10:00:00Z"), "UTC");
    expect([link?.window.from?.slice(0, 10), link?.window.to?.slice(0, 10)]).toEqual([from, to]);
  });
});
