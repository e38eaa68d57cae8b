import { expect, it } from "vitest";
import { shareSaid } from "./said-words.ts";

it.each([
  ["month end", "month end is always busy", 1],
  ["the busy month ends", "month end is always busy", 2 / 3],
  ["the strike in September", "month end is always busy", 0],
  ["GR", "by GR I mean goods receipt", 1],
  ["Urlaub der Buchhaltung", "im August ist die halbe Buchhaltung im Urlaub", 1],
  ["Lieferung", "Lieferungen aus Österreich haben eine Frist", 1],
  ["facturés", "les factures de plus de cinq mille euros", 1],
  ["月末の締め", "月末の締め処理は三日長くかかる", 1],
  ["發票", "加急订单必须在二十四小时内发货", 0],
  ["?!", "anything", 0],
])("of the words of “%s”, those that “%s” has: %f", (asked, text, share) => {
  expect(shareSaid(asked, text)).toBeCloseTo(share);
});
