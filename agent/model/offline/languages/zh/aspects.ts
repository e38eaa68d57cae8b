/** Verbs that part from their object: "催过款", "开了票", "付完款" say what "催款", "开票", "付款" say. */
import type { Language } from "../language.ts";

/** What has been done, is done or is done with stands between the two. */
const aspects = ["过", "了", "完", "好"] as const;

const parting = [
  "催款",
  "开票",
  "付款",
  "收款",
  "回款",
  "发货",
  "出货",
  "拣货",
  "捡货",
  "配货",
  "送货",
  "交货",
  "退货",
  "补货",
  "装箱",
  "打包",
  "下单",
  "接单",
  "撤单",
  "拒单",
  "放款",
  "打款",
  "转账",
  "补件",
  "签字",
  "签约",
  "问客户",
] as const;

/** Business words with such verbs in all their aspects; a word that is there keeps what it stood for. */
export function withAspects(business: Language["business"]): Language["business"] {
  const parted = parting.flatMap((verb) => {
    const meaning = business[verb];
    if (meaning === undefined) return [];
    return aspects.map((aspect) => [`${verb.slice(0, 1)}${aspect}${verb.slice(1)}`, meaning] as const);
  });
  return { ...Object.fromEntries(parted), ...business };
}
