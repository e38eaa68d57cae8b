/** How people ask what was decided and done here, by whom: patterns, one entry a language. */
export interface LedgerWords {
  readonly approved: string;
  readonly rejected: string;
  readonly withdrawn: string;
  readonly executed: string;
  /** Beside `execution`. */
  readonly failed: string;
  readonly execution: string;
  readonly alerted: string;
  readonly proposed: string;
  readonly decided: string;
  /** "did", "has done": beside a person. */
  readonly did: string;
  /** Begins such a question, or a list of it. */
  readonly lead: string;
  /** Says nothing more: "by whom", "of the proposals". */
  readonly beside: string;
}

export const ledgerWords: Readonly<Record<string, LedgerWords>> = {
  en: {
    approved:
      "approved|approvals|(?<=did .*)approve|signed off|signs? off|released?|accepted|said yes to|ok'd",
    rejected:
      "reject(?:ed|s)?|rejections?|declined?|turned down|turn down|refused?|refusals?|said no to|denied|denials?",
    withdrawn: "withdrawn|withdrew|withdraws?|withdrawals?|taken back|took back|superseded|retracted",
    executed: "executed?|carried out|carry out|implemented|executions?|went through|performed",
    failed: "fail(?:ed|s|ing|ures?)?|went wrong|broke|errors?|unsuccessful",
    execution: "executions?|executing",
    alerted: "alerted|alerts?(?: (?:were |was )?(?:raised|sent|sent out))?|alarms?|warned|warnings?",
    proposed: "proposed?|proposals? (?:made|did)|suggested|asked for|requested",
    decided: "decided|(?<=did .*)decide|decisions?(?: made)?|verdicts?|ruled",
    did: "did|done|doing|been up to|up to|changed?|actions?|activity|activities",
    lead: "what|which|who|when|show|list|give|display|everything|anything|all|any|every|did|has|have|was|were|is|are|tell|see|find",
    beside:
      "by whom|whom|by|who|when|and|made|make|makes|took|take|taken|went out|out|sent|raised|been|so far|ever|everything|anything|proposals?|changes?|things?|from|entries|ledger|us|me|else|happened|there|any|all|his|her|their|exactly|lately|recently|get|got|of",
  },
  de: {
    approved:
      "(?:frei|zu)?gegeben|freigegeben|Freigaben?|genehmigt(?:e[nr]?)?|Genehmigungen?|gebilligt|bewilligt|zugestimmt|abgesegnet|gibt frei",
    rejected:
      "abgelehnt(?:e[nrs]?)?|Ablehnungen?|zurückgewiesen(?:e[nr]?)?|verworfen(?:e[nr]?)?|abgewiesen|lehnte",
    withdrawn: "zurückgezogen(?:e[nr]?)?|zurückgenommen(?:e[nr]?)?|Rücknahmen?",
    executed: "ausgeführt(?:e[nr]?)?|durchgeführt(?:e[nr]?)?|Ausführungen?|umgesetzt|vollzogen",
    failed:
      "fehlgeschlagen(?:e[nr]?)?|gescheitert(?:e[nr]?)?|schiefgegangen|misslungen(?:e[nr]?)?|fehlerhaft(?:e[nr]?)?|scheiterten",
    execution: "Ausführungen?|Ausführen",
    alerted: "alarmiert|Alarme?|Warnungen|Warnung|gewarnt|Alarmmeldungen",
    proposed: "vorgeschlagen(?:e[nr]?)?|beantragt(?:e[nr]?)?|angefragt",
    decided: "entschieden|Entscheidungen?|entscheidet|beschlossen|Beschlüsse",
    did: "gemacht|getan|tat|macht|geändert|unternommen|angestellt|Aktionen",
    lead: "was|welche[nrs]?|wer|wann|zeig\\p{L}*|liste?|gib|alles?|alle|hat|haben|wurden?|nenn\\p{L}*|von|sind",
    beside:
      "von wem|wem|von|durch|wer|wann|und|hat|haben|getroffen|wurden?|worden|alles|alle|sind|ist|bisher|Vorschläge?n?|Änderungen|Einträge|Protokoll|mir|aus|auf|ging|gingen|raus|rausgegangen|hinaus|es|denn|so|zuletzt|sich",
  },
  fr: {
    approved:
      "approuv(?:é|ée|és|ées|e)|approbations?|valid(?:é|ée|és|ées)|validations?|accept(?:é|ée|és|ées)|autoris(?:é|ée|és|ées)",
    rejected: "rejet(?:é|ée|és|ées)|rejets?|refus(?:é|ée|és|ées)|refus|écart(?:é|ée|és|ées)",
    withdrawn: "retir(?:é|ée|és|ées)|retraits?|annul(?:é|ée|és|ées)",
    executed: "exécut(?:é|ée|és|ées)|exécutions?|réalis(?:é|ée|és|ées)|mis(?:e|es)? en œuvre",
    failed: "échou(?:é|ée|és|ées|ent)|en échec|rat(?:é|ée|és|ées)|échecs?",
    execution: "exécutions?",
    alerted: "alertes?|alert(?:é|ée|és|ées)|avertissements?",
    proposed: "propos(?:é|ée|és|ées)|demand(?:é|ée|és|ées)|suggér(?:é|ée|és|ées)",
    decided: "décid(?:é|ée|és|ées)|décisions?|tranch(?:é|ée)",
    did: "fait|faits|faites|modifi(?:é|ée|és|ées)|actions",
    lead: "que|quoi|qu['’]?|qu['’]est-ce|quelles?|quels?|qui|quand|montre\\p{L}*|liste\\p{L}*|affiche\\p{L}*|donne\\p{L}*|tout|tous|toutes|ce|les|des",
    beside:
      "par qui|qui|par|quand|et|a|ont|été|prises?|pris|tout|tous|toutes|propositions?|changements?|entrées|registre|journal|moi|nous|est-ce|y|sont|parties|envoyées|de|ce|que|qu",
  },
  es: {
    approved:
      "aprob(?:ó|ado|ada|ados|adas|aron)|aprobaciones|aprobación|autoriz(?:ó|ado|ada|ados|adas)|acept(?:ó|ado|ada|ados|adas)",
    rejected: "rechaz(?:ó|ado|ada|ados|adas|aron)|rechazos?|deneg(?:ó|ado|ada|ados|adas)|denegaciones",
    withdrawn: "retir(?:ó|ado|ada|ados|adas|aron)|retiradas?",
    executed: "ejecut(?:ó|ado|ada|ados|adas|aron)|ejecuci(?:ón|ones)|realiz(?:ó|ado|ada|ados|adas)",
    failed: "fall(?:ó|ado|ada|ados|adas|aron|idas?|idos?)|fracas(?:ó|ado|aron)|fallos?",
    execution: "ejecuci(?:ón|ones)",
    alerted: "alertas?|avisos?|alert(?:ó|ado)",
    proposed: "propuso|propuest[oa]s?|solicit(?:ó|ado|ada|ados|adas)|pidió",
    decided: "decid(?:ió|ido|ida|idas|idos|ieron)|decisi(?:ón|ones)",
    did: "hizo|hecho|ha hecho|hicieron|cambió|cambiado|acciones",
    lead: "qué|cuáles|quién|cuándo|muestra\\p{L}*|lista\\p{L}*|dame|enseña\\p{L}*|tod[oa]s?|las|los|hubo|hay|fue|lo",
    beside:
      "por quién|quién|por|cuándo|y|ha|han|sido|fue|fueron|se|tomó|tomado|tomadas|todo|todos|todas|lo|propuestas?|cambios?|entradas|registro|que|me|salieron|enviaron|enviadas|hubo|hay|de",
  },
  it: {
    approved: "approvat[oaie]|approvazion[ei]|autorizzat[oaie]|accettat[oaie]|convalidat[oaie]",
    rejected: "rifiutat[oaie]|rifiut[oi]|respint[oaie]|bocciat[oaie]|rigettat[oaie]",
    withdrawn: "ritirat[oaie]|ritir[oi]",
    executed: "eseguit[oaie]|esecuzion[ei]|realizzat[oaie]",
    failed: "fallit[oaie]|non riuscit[oaie]|andat[oaie] male|falliment[oi]|fallisc\\p{L}+",
    execution: "esecuzion[ei]",
    alerted: "avvis[oi]|allert[ae]|allarm[ei]|avvertiment[oi]",
    proposed: "propost[oaie]|richiest[oaie]",
    decided: "decis[oaie]|decision[ei]",
    did: "fatt[oaie]|combinato|cambiat[oaie]|azioni",
    lead: "cosa|che|quali|quale|chi|quando|mostra\\p{L}*|elenca\\p{L}*|fammi|dammi|tutto|tutt[ie]|ciò|le|gli|i|ci",
    beside:
      "da chi|chi|da|quando|e|ha|hanno|è|sono|stat[oaie]|pres[oaei]|tutto|tutt[ie]|ciò|quello|proposte|modifiche|voci|registro|che|vedere|partit[ei]|inviat[ei]|di",
  },
  pt: {
    approved:
      "aprov(?:ou|ado|ada|ados|adas|aram)|aprovaç(?:ão|ões)|autoriz(?:ou|ado|ada|ados|adas)|aceit(?:ou|e|es)",
    rejected: "rejeit(?:ou|ado|ada|ados|adas|aram)|rejeiç(?:ão|ões)|recus(?:ou|ado|ada|ados|adas|as?)|negou",
    withdrawn: "retir(?:ou|ado|ada|ados|adas|aram)|retiradas?",
    executed: "execut(?:ou|ado|ada|ados|adas|aram)|execuç(?:ão|ões)|realiz(?:ou|ado|ada|ados|adas)",
    failed: "falh(?:ou|ado|ada|ados|adas|aram)|fracass\\p{L}+|falhas?",
    execution: "execuç(?:ão|ões)",
    alerted: "alertas?|avisos?",
    proposed: "propôs|propost[oa]s?|pediu|solicitou|solicitad[oa]s?",
    decided: "decid(?:iu|ido|ida|idas|idos|iram)|decis(?:ão|ões)",
    did: "fez|feito|fizeram|mudou|alterou|ações",
    lead: "o que|que|quais|quem|quando|mostra\\p{L}*|lista\\p{L}*|dá-me|tud[oa]|tod[oa]s|as|os|houve|há|foi",
    beside:
      "por quem|quem|por|quando|e|foi|foram|sido|tomou|tomadas|tudo|todos|todas|o|a|propostas?|alterações|entradas|registo|registro|que|saíram|enviados|houve|há|de|é",
  },
  nl: {
    approved: "goedgekeurde?|goedkeuring(?:en)?|vrijgegeven|akkoord bevonden|geaccepteerde?",
    rejected: "afgekeurde?|afkeuring(?:en)?|afgewezen|afwijzing(?:en)?|geweigerde?|verworpen",
    withdrawn: "ingetrokken|intrekking(?:en)?|teruggetrokken|teruggenomen",
    executed: "uitgevoerde?|uitvoering(?:en)?|doorgevoerde?",
    failed: "misluk(?:t|te|ten|kingen|king)|faalden|gefaalde?|misgegaan|fout gegaan|mislukken",
    execution: "uitvoering(?:en)?",
    alerted: "waarschuwing(?:en)?|gewaarschuwd|alarmen|meldingen",
    proposed: "voorgestelde?|aangevraagde?",
    decided: "beslist|besloten|beslissing(?:en)?|besluiten|besliste",
    did: "gedaan|deed|gewijzigd|veranderd|uitgespookt|acties",
    lead: "wat|welke|wie|wanneer|toon|laat|geef|lijst|alles|alle|heeft|zijn|is|zijn er",
    beside:
      "door wie|wie|door|wanneer|en|heeft|hebben|genomen|werd|werden|zijn|is|alles|alle|wat|die|dat|voorstellen?|wijzigingen|logboek|zien|mij|van|er|uitgegaan|verstuurd|nam",
  },
  pl: {
    approved:
      "zatwierdzi(?:ł|ła|li)|zatwierdzon\\p{L}+|zatwierdzeni\\p{L}+|zaakceptowa(?:ł|ła|li)|zaakceptowan\\p{L}+|akceptacj\\p{L}+",
    rejected: "odrzuci(?:ł|ła|li)|odrzucon\\p{L}+|odrzuceni\\p{L}+|odmówi(?:ł|ła|li)|odmow\\p{L}+",
    withdrawn: "wycofa(?:ł|ła|li)|wycofan\\p{L}+|wycofani\\p{L}+",
    executed: "wykona(?:ł|ła|li)|wykonan\\p{L}+|wykonani\\p{L}+",
    failed:
      "nie powiod\\p{L}+ się|nieudan\\p{L}+|nie uda\\p{L}+ się|zakończon\\p{L}+ (?:niepowodzeniem|błędem)",
    execution: "wykonani\\p{L}+|wykonań",
    alerted: "alert\\p{L}*|alarm\\p{L}*|ostrzeże\\p{L}+",
    proposed: "zaproponowa(?:ł|ła|li)|zaproponowan\\p{L}+|zgłosi(?:ł|ła)",
    decided: "decyzj\\p{L}+|zdecydowa(?:ł|ła|li|no)|rozstrzygn\\p{L}+",
    did: "zrobi(?:ł|ła|li)|robi(?:ł|ła)|zmieni(?:ł|ła)|działania",
    lead: "co|jakie|które|kto|kiedy|pokaż|wypisz|lista|podaj|wszystk\\p{L}+|czy|czego",
    beside:
      "przez kogo|kto|kogo|przez|kiedy|i|podj\\p{L}+|został\\p{L}*|zostało|wszystk\\p{L}+|co|propozycj\\p{L}+|zmian\\p{L}*|wpis\\p{L}*|wysłan\\p{L}+|było|były|się|które",
  },
  ja: {
    approved: "承認(?:した|された|して|済み)?(?:もの|件)?",
    rejected: "(?:却下|否決|拒否)(?:した|された|して)?(?:もの|件)?|差し戻し",
    withdrawn: "(?:取り下げ|撤回)(?:た|られた|した|された)?(?:もの|件)?",
    executed: "実行(?:した|された|して|済み)?(?:もの|件)?",
    failed: "失敗(?:した|して)?(?:もの|件)?|エラー",
    execution: "実行",
    alerted: "アラート|警告|警報",
    proposed: "提案(?:した|された)(?:もの|件)?",
    decided: "決定(?:した|された)?|判断(?:した)?|決めた(?:こと)?",
    did: "した(?:こと|の)|やった(?:こと)?|行った(?:こと)?|変更した",
    lead: "何|どの|どれ|誰|いつ|すべて|全部|一覧|見せて|教えて|もの|こと|は",
    beside:
      "さん|すべて|全部|一覧|にして|もの|こと|誰|によって|いつ|提案|記録|台帳|見せて|教えて|出た|送られた|の|が|は|を|に|で",
  },
  zh: {
    approved: "批准(?:了|的|过)?|通过了|同意了|审批通过",
    rejected: "拒绝(?:了|的|过)?|否决(?:了|的|过)?|驳回(?:了|的|过)?",
    withdrawn: "撤回(?:了|的|过)?|撤销(?:了|的)?",
    executed: "执行(?:了|的|过)?",
    failed: "失败(?:了|的)?|出错(?:了|的)?",
    execution: "执行",
    alerted: "告警|警报|预警|报警",
    proposed: "提议(?:了|的)?|提出(?:了|的)?|申请(?:了|的)?",
    decided: "决定(?:了|的)?|决策|裁决",
    did: "做(?:了|过|的)|干了|改了",
    lead: "什么|哪些|哪|谁|列出|显示|看|所有|全部|什么时候|一切|有",
    beside:
      "什么|哪些|谁|所有的?|全部|一切|的|了|被|由|提案|提议|事情?|记录|账本|什么时候|发出|都|有|和|并且|以及",
  },
};
