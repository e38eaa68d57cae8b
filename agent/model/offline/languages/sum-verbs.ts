/** Verbs by which cases are added up ("what do the orders add up to?"): data, one entry a language. */
export const sumVerbs: Readonly<Record<string, string>> = {
  en: "add up to, adds up to, added up to, adding up to, add up, sum up to, amount to, amounts to, amounted to",
  de: "summieren sich, summiert sich, belaufen sich, beläuft sich, beliefen sich, zusammengerechnet, aufsummiert",
  fr: "s'élèvent, s'élève, se montent, se monte, totalisent, totalise, additionnés, additionnées",
  es: "suman, suma, sumaron, ascienden, asciende, totalizan, totalizaron",
  it: "ammontano, ammonta, sommano, totalizzano, ammontavano",
  pt: "somam, soma, somaram, totalizam, totalizaram, ascendem",
  nl: "bij elkaar opgeteld, belopen, beloopt, beliepen, komen samen uit op, opgeteld",
  pl: "sumują się, sumuje się, po zsumowaniu, opiewają",
  ja: "合わせるといくら, 合計するといくら, 足すといくら",
  zh: "加起来, 合起来, 总共多少钱",
};
