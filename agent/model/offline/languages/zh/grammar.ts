import type { Grammar } from "../language.ts";
import { withAspects } from "./aspects.ts";
import { concepts } from "./concepts.ts";
import { profile } from "./profile.ts";
import { variants } from "./traditional.ts";
import { words } from "./words.ts";

/** Chinese: written in simplified characters, read in traditional ones too. */
export const grammar: Grammar = {
  ...profile,
  ...words,
  business: withAspects(words.business),
  concepts,
  variants,
  endings: [],
  derivations: "",
  doubledConsonants: false,
  compounds: false,
  linkingElements: "",
  capitalisedNouns: false,
  clitics: "",
  postpositions:
    "不算, 不算在内, 不计, 不计入, 到, 至, 以外, 以外的, 之外, 除外, 以上, 及以上, 以下, 以下的, 以内, 之内, 以来, 起, 以后, 之后至今, 至今, 开始到现在, 到现在, 往后, 之前, 以前, 前, 之后, 后, 过后, 为止, 之间, 间, 内, 有的, 的才, 抽样, 样本",
  questionsInPlace: true,
  listComma: true,
  decidesAlone: "批准, 驳回, 通过, 拒绝, 否决, 确认, 成, 对, 是, 中, 支持, 审批",
  subjectless:
    "是不是, 是否, 变好, 变好了, 变差, 变差了, 变慢, 变慢了, 变快, 晚了, 迟了, 慢了, 好了, 改善了, 恶化, 好转, 还好",
  exclude:
    "没, 没做, 没走, 没过, 没经, 不含, 不包括, 不包含, 除了, 除, 除去, 排除, 排除掉, 剔除, 去除, 不算, 不计, 去掉, 没有, 无, 未经, 没经过, 以外, 以外的, 之外, 除外, 不要, 撇开, 扣除, 非, 忽略, 抛开, 未",
  include: "只, 只看, 仅, 仅看, 只要, 只限, 在, 对, 对于, 关于, 限于, 限定在, 包括, 其中",
  having:
    "有, 含, 含有, 包含, 带有, 经过, 经历, 出现, 发生, 走过, 做过, 包括, 经历了, 经过了, 发生了, 出现了",
  questions:
    "什么, 啥, 哪, 哪里, 哪儿, 哪个, 哪些, 哪一个, 谁, 为什么, 为何, 为啥, 怎么, 怎样, 怎么样, 如何, 多少, 多久, 多长时间, 几, 几个, 几天, 是不是, 是否, 有没有, 能不能, 能否, 会不会, 吗, 呢, 何时, 什么时候, 几时, 多大, 多长, 何",
  groupBy: "按, 按照, 分, 每个, 每, 各, 各个, 依, 按各, 以各, 根据, 分别按, 不同, 逐个, 依照",
  versus: "对比, 相比, 和, 与, 跟, 比, 对, vs, 较, 相较于, 比起, 同",
  rest: "其余, 其他, 其它, 别的, 剩下的, 剩余, 其余的, 其他的, 其它的, 余下的, 另外的",
  pronouns:
    "它, 它们, 这个, 那个, 这, 那, 这些, 那些, 此, 其, 这样, 那样, 这里, 那里, 该提案, 该变更, 该规则",
  superlatives:
    "最, 最慢, 最大, 最长, 最多, 最差, 最糟, 最严重, 主要, 主要的, 头号, 首要, 最高, 最久, 第一, 最重要, 最主要, 最短, 最快",
  conjunctions: "并且, 然后, 接着, 另外, 还有, 同时, 再, 以及, 并, 此外, 之后再, 顺便, 和",
  requests:
    "显示, 展示, 列出, 告诉, 给, 看看, 查, 为什么, 哪里, 哪个, 什么, 怎么, 谁, 比较, 对比, 起草, 模拟, 发布, 监控, 导出, 预测, 画, 解释, 建议, 优化, 改进, 提醒, 通知, 检查, 描述, 总结, 推荐, 写, 创建, 计算, 筛选, 分析, 再看看, 再看, 也看看, 一并告诉我, 顺便看看, 再告诉我, 再给我, 都要, 两个都要, 一起",
  choosing:
    "用, 使用, 也看一下, 也看看, 也看下, 也查一下, 也算一下, 也跑一下, 也来一遍, 同样看一下, 切换, 切换到, 换成, 换到, 打开, 选, 选择, 选用, 改用, 看, 采用, 转到, 就用, 继续用, 我指的是, 我说的是",
  yesNo: "吗, 是不是, 是否, 有没有, 会不会, 呢, 吧, 是",
  comparatives: "更长, 更慢, 更快, 更差, 更好, 更短, 更晚, 更高, 更低, 更久, 更早, 慢, 快, 长, 短, 久, 更",
  ranks:
    "排名, 排行, 排行榜, 排序, 最差, 最好, 最懒, 偷懒, 懒, 最慢, 最快, 业绩, 绩效, 倒数, 垫底, 摸鱼, 谁的业绩, 谁的绩效, 谁最慢, 谁最快, 谁最懒, 表现最差, 最优秀",
  picks:
    "谁, 谁的, 哪个, 哪些, 哪位, 名字, 姓名, 列出, 最, 每个, 按, 各, 每, 谁最慢, 谁最快, 谁最懒, 谁的业绩, 谁的绩效, 前",
  conditions:
    "如果, 假如, 要是, 当, 一旦, 凡是, 凡, 每当, 只要, 每个, 所有, 的话, 除非, 每, 若, 但凡, 都要, 就",
  indefinite: "",
  possessives: "我们的, 咱们的, 我的, 我们, 咱们, 本公司, 公司的, 我司",
};
