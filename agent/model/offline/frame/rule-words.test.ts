import { describe, expect, it } from "vitest";
import { sampleBriefing } from "../fixtures/samples.ts";
import { languageOf } from "../languages/index.ts";
import { recipients, ruleActions, ruleWords } from "../languages/rule-words.ts";
import { read } from "../link/read.ts";
import { phrases } from "../text/lexicon.ts";
import { formalRule, isFormalRule } from "./rule-words.ts";

const rule = (code: string, text: string): string | null => {
  const briefing = sampleBriefing(text, "order-to-cash");
  return formalRule(read(text, languageOf(code), briefing), briefing);
};

describe("a rule in another language, as rules are written down", () => {
  it.each([
    ["de", "wenn ein Auftrag über 500 Euro liegt, eskalieren", "if order_value > 500, then escalate"],
    [
      "de",
      "benachrichtige den Leiter, wenn es länger als einen Tag dauert",
      "if elapsed() > 24h, then notify_manager",
    ],
    [
      "fr",
      "si une commande dépasse 2000 euros, escalade au responsable",
      "if order_value > 2000, then escalate_to_manager",
    ],
    ["ja", "注文額が３千ユーロを超えたらエスカレーションして", "if order_value > 3000, then escalate"],
    [
      "ja",
      "与信チェックで8時間以上待っている注文は営業に知らせる",
      'if waiting("Credit check") >= 8h, then notify_sales',
    ],
    [
      "ja",
      "「注文額が2,000ユーロを超えたらエスカレーション」というルール",
      "if order_value > 2000, then escalate",
    ],
    [
      "zh",
      "超过500欧元并且等了两个小时以上的订单，自动升级给经理",
      "if order_value > 500 and waiting() >= 2h, then escalate_to_manager",
    ],
    ["zh", "超過2000歐的訂單升級給經理", "if order_value > 2000, then escalate_to_manager"],
  ])("%s: %s", (code, text, expected) => {
    expect(rule(code, text)).toBe(expected);
    expect(isFormalRule(expected)).toBe(true);
  });

  it.each([
    ["en", "if an order is above 500, escalate it"],
    ["de", "eskaliere das"],
    ["ja", "5000ユーロ超の注文は何件"],
    ["zh", "通知经理"],
  ])("nothing where a condition or an action is missing, and in English: %s: %s", (code, text) => {
    expect(rule(code, text)).toBeNull();
  });

  it.each(Object.entries(ruleWords))("%s has words for each action and each recipient", (_code, words) => {
    for (const action of ruleActions) expect(phrases(words.actions[action])).not.toHaveLength(0);
    for (const recipient of recipients) expect(phrases(words.recipients[recipient])).not.toHaveLength(0);
  });
});
