/** How people say of cases that they have not ended, besides the words of `open-cases`: patterns, one a language. */
export const unfinishedWords: Readonly<Record<string, string>> = {
  en: "(?:not|never|\\p{L}+n['’]t)(?: yet| been| got| being)* (?:closed|finished|completed|concluded|ended|done|wrapped up)(?: yet)?|yet to (?:be (?:closed|finished|completed)|close|finish|end)|(?:remain|remains|remaining|kept|left|stay|stays) open|unfinished|unclosed",
  de: "(?:noch )?nicht (?:ganz )?(?:abgeschlossen|fertig|beendet|erledigt|geschlossen|zu ende|durchgelaufen)(?:e[nr]?)?|(?:noch|weiterhin|immer noch) (?:offen|am laufen|in arbeit)|unabgeschlossene?n?|unbeendete?n?",
  fr: "(?:pas|jamais)(?: encore| été| toujours)* (?:clôtur|termin|ferm|clos|achev|fini)\\p{L}*|(?:toujours|encore) (?:ouverte?s?|en cours)|(?:non|in)[- ]?(?:clôtur|termin|achev)\\p{L}+|rest(?:e|ent|és?|ées?) ouverte?s?",
  es: "no (?:se |ha |han |está |están |fueron |sido |todavía |aún )*(?:cerrad|terminad|finalizad|concluid|completad)[oa]s?|sin (?:cerrar|terminar|finalizar|concluir|completar)|(?:sigue|siguen|continúan?|permanecen?|quedan?) abiert[oa]s?|(?:todavía|aún) (?:están? )?abiert[oa]s?|inconclus[oa]s?",
  it: "non (?:ancora |sono |è |stat[eiao] |si )*(?:chius|conclus|terminat|completat|finit|ultimat)\\p{L}*|ancora (?:apert[oaie]|in corso)|(?:resta|restano|rimast[oaie]|rimangono) apert[oaie]|da (?:chiudere|completare)",
  pt: "(?:ainda )?não (?:foram |foi |estão |está |se |ainda )*(?:fechad|concluíd|terminad|encerrad|finalizad)[oa]s?|por (?:fechar|concluir|terminar|encerrar)|ainda (?:está |estão )?(?:em )?abert[oa]s?|(?:continuam?|permanecem?) (?:em )?abert[oa]s?|inacabad[oa]s?",
  nl: "(?:nog )?niet (?:helemaal )?(?:afgesloten|gesloten|afgerond|klaar|voltooid|beëindigd|afgehandeld)(?:e)?|(?:staan|staat) nog open|nog (?:steeds )?open(?:staan|staande?)?|onvoltooide?|onafgemaakte?",
  pl: "(?:jeszcze )?nie (?:są |jest |zostały |został |zostało |została |jeszcze )*(?:zamknięt|zakończon|ukończon|skończon|domknięt)\\p{L}*|nie (?:zakończyły|zamknęły|skończyły) się|(?:są |jest )?(?:jeszcze|wciąż|nadal|ciągle) (?:otwart\\p{L}*|w toku)|niedokończon\\p{L}+",
  ja: "(?:まだ)?(?:完了|終了|クローズ|完結)(?:して|されて)い?(?:ない|ません)|(?:まだ)?(?:終わって|閉じて|片付いて)い?(?:ない|ません)|まだ開いて(?:いる|ます)|未完了|未終了|未完結|オープンのまま",
  zh: "(?:还|尚|仍)?(?:没有?|未)(?:被)?(?:完成|结束|关闭|关掉|结案|办完|处理完|完结)|还开着|仍在进行|还在进行",
};
