/** How people say until when something is to be remembered, besides the dates and windows that they ask about: data. */
import type { TimeUnit } from "./language.ts";

export interface ExpiryWords {
  /** Narrows it to the time that is named ("only for today"). */
  readonly only: readonly string[];
  /** Before or after the time ("until", "for the next", "lang", "まで"). */
  readonly around: readonly string[];
  readonly tomorrow: readonly string[];
  /** The end of the week, month, … that it is now. */
  readonly ends: Readonly<Partial<Record<TimeUnit, readonly string[]>>>;
  /** The week, month, … after this one: until its end. */
  readonly next: Readonly<Partial<Record<TimeUnit, readonly string[]>>>;
}

export const expiryWords: Readonly<Record<string, ExpiryWords>> = {
  en: {
    only: ["only", "just", "but only"],
    around: [
      "until",
      "till",
      "up to",
      "through",
      "for",
      "for the",
      "for the next",
      "for this",
      "the next",
      "next",
    ],
    tomorrow: ["tomorrow"],
    ends: {
      week: ["the end of the week", "the end of this week", "end of week"],
      month: ["the end of the month", "the end of this month", "end of month", "month end"],
      quarter: ["the end of the quarter", "the end of this quarter", "quarter end"],
      year: ["the end of the year", "the end of this year", "end of year", "year end"],
    },
    next: { week: ["next week"], month: ["next month"], quarter: ["next quarter"], year: ["next year"] },
  },
  de: {
    only: ["nur", "aber nur", "bloß"],
    around: [
      "bis",
      "bis zum",
      "bis zur",
      "bis einschließlich",
      "für",
      "für die",
      "für die nächsten",
      "in den nächsten",
      "die nächsten",
      "nächsten",
      "kommenden",
      "lang",
    ],
    tomorrow: ["morgen"],
    ends: {
      week: ["ende der woche", "wochenende", "ende dieser woche"],
      month: ["ende des monats", "monatsende", "ende dieses monats"],
      quarter: ["ende des quartals", "quartalsende"],
      year: ["ende des jahres", "jahresende", "ende dieses jahres"],
    },
    next: {
      week: ["nächste woche", "kommende woche"],
      month: ["nächsten monat", "kommenden monat"],
      year: ["nächstes jahr"],
    },
  },
  fr: {
    only: ["seulement", "uniquement", "juste", "mais seulement"],
    around: [
      "jusqu'à",
      "jusqu'au",
      "jusqu'en",
      "pour",
      "pendant",
      "pour les",
      "pendant les",
      "prochaines",
      "prochains",
      "prochain",
    ],
    tomorrow: ["demain"],
    ends: {
      week: ["la fin de la semaine", "la fin de cette semaine"],
      month: ["la fin du mois", "la fin de ce mois", "fin du mois"],
      quarter: ["la fin du trimestre"],
      year: ["la fin de l'année", "fin d'année"],
    },
    next: { week: ["la semaine prochaine"], month: ["le mois prochain"], year: ["l'année prochaine"] },
  },
  es: {
    only: ["solo", "sólo", "solamente", "únicamente", "pero solo"],
    around: [
      "hasta",
      "hasta el",
      "hasta la",
      "por",
      "para",
      "durante",
      "durante las",
      "durante los",
      "próximas",
      "próximos",
      "próximo",
    ],
    tomorrow: ["mañana"],
    ends: {
      week: ["el fin de la semana", "el final de la semana", "fin de semana"],
      month: ["fin de mes", "final de mes", "el fin de mes", "finales de mes", "el final del mes"],
      quarter: ["fin de trimestre", "el final del trimestre"],
      year: ["fin de año", "final de año", "el final del año"],
    },
    next: {
      week: ["la próxima semana", "la semana que viene"],
      month: ["el próximo mes", "el mes que viene"],
      year: ["el próximo año", "el año que viene"],
    },
  },
  pt: {
    only: ["só", "apenas", "somente", "mas só"],
    around: [
      "até",
      "até ao",
      "até à",
      "até o",
      "até a",
      "por",
      "para",
      "durante",
      "durante as",
      "durante os",
      "próximas",
      "próximos",
      "próxima",
    ],
    tomorrow: ["amanhã"],
    ends: {
      week: ["o fim da semana", "fim da semana", "ao fim da semana"],
      month: ["o fim do mês", "fim do mês", "ao fim do mês", "final do mês", "o final do mês"],
      quarter: ["fim do trimestre", "o fim do trimestre"],
      year: ["fim do ano", "o fim do ano", "final do ano"],
    },
    next: {
      week: ["a próxima semana", "próxima semana"],
      month: ["o próximo mês", "próximo mês"],
      year: ["o próximo ano"],
    },
  },
  it: {
    only: ["solo", "soltanto", "solamente", "ma solo"],
    around: [
      "fino a",
      "fino al",
      "fino alla",
      "fino all'",
      "per",
      "per le",
      "per i",
      "prossime",
      "prossimi",
      "prossimo",
      "durante",
    ],
    tomorrow: ["domani"],
    ends: {
      week: ["fine della settimana", "fine settimana"],
      month: ["fine del mese", "fine mese"],
      quarter: ["fine del trimestre", "fine trimestre"],
      year: ["fine dell'anno", "fine anno"],
    },
    next: {
      week: ["la prossima settimana", "prossima settimana"],
      month: ["il prossimo mese", "prossimo mese"],
      year: ["il prossimo anno", "prossimo anno"],
    },
  },
  nl: {
    only: ["alleen", "slechts", "enkel", "maar alleen"],
    around: [
      "tot",
      "tot en met",
      "tot aan",
      "voor",
      "voor de",
      "de komende",
      "komende",
      "volgende",
      "gedurende",
      "lang",
    ],
    tomorrow: ["morgen"],
    ends: {
      week: ["het einde van de week", "eind van de week"],
      month: ["het einde van de maand", "einde van de maand", "eind van de maand", "maandeinde"],
      quarter: ["het einde van het kwartaal"],
      year: ["het einde van het jaar", "eind van het jaar"],
    },
    next: { week: ["volgende week"], month: ["volgende maand"], year: ["volgend jaar"] },
  },
  pl: {
    only: ["tylko", "jedynie", "ale tylko"],
    around: ["do", "aż do", "przez", "na", "przez następne", "na następne", "następnego", "przyszłego"],
    tomorrow: ["jutra", "jutro"],
    ends: {
      week: ["końca tygodnia", "końca tego tygodnia"],
      month: ["końca miesiąca", "końca tego miesiąca"],
      quarter: ["końca kwartału"],
      year: ["końca roku", "końca tego roku"],
    },
    next: {
      week: ["przyszłego tygodnia", "następnego tygodnia"],
      month: ["przyszłego miesiąca", "następnego miesiąca"],
      year: ["przyszłego roku"],
    },
  },
  ja: {
    only: ["だけ", "のみ", "限り"],
    around: ["まで", "間", "の間", "は", "今後", "これから", "次の", "に限り"],
    tomorrow: ["明日", "あした"],
    ends: {
      week: ["今週末", "週末"],
      month: ["今月末", "月末"],
      quarter: ["四半期末"],
      year: ["今年末", "年末"],
    },
    next: { week: ["来週末", "来週"], month: ["来月末", "来月"], year: ["来年末", "来年"] },
  },
  zh: {
    only: ["只", "仅", "仅限", "只限", "只在", "仅在"],
    around: ["直到", "到", "截至", "为止", "之前", "以内", "内", "未来", "接下来", "在", "限"],
    tomorrow: ["明天"],
    ends: {
      week: ["这周末", "本周末", "周末"],
      month: ["月底", "这个月底", "本月底"],
      quarter: ["季度末", "本季度末"],
      year: ["年底", "今年底"],
    },
    next: { week: ["下周末", "下周", "下星期"], month: ["下个月底", "下个月"], year: ["明年底", "明年"] },
  },
};
