import { describe, expect, it } from "vitest";
import { unspokenLanguage } from "./unspoken.ts";

describe("a language that is not spoken yet", () => {
  it.each([
    ["ru", "где мы теряем время?"],
    ["ko", "어디에서 시간이 오래 걸립니까?"],
    ["sv", "var väntar ärenden längst och varför?"],
    ["tr", "siparişler nerede bekliyor ve neden?"],
  ])("%s is recognised in %s", (code, text) => {
    expect(unspokenLanguage(text)?.code).toBe(code);
  });

  it.each([
    "where do we lose time?",
    "why?",
    "how long does W_Completeren aanvraag take?",
    "how often does W_Nabellen offertes happen after O_SENT?",
    'what is "Wo ist der Antrag"?',
    "median waiting time before Beurteilung der Anträge",
    "only Germany",
    "Credit check",
    "????",
    "ok",
    "compare 2011 with 2012",
    "how many cases have 审批 in them?",
    "no, per region",
  ])("English stays English: %s", (text) => {
    expect(unspokenLanguage(text)).toBeNull();
  });
});
