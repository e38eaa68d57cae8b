/** How people ask which rules there are: patterns, one entry a language. */
export interface RuleListWords {
  readonly rule: string;
  /** In force. */
  readonly live: string;
  readonly draft: string;
  /** Nouns for drafts, which are of rules where nothing else is named. */
  readonly drafts: string;
  readonly withdrawn: string;
  /** "who published", "who put … live". */
  readonly who: string;
  /** Begins such a question, besides the words that questions begin with. */
  readonly lead: string;
  /** May be said beside, and says nothing: "right now", "so far". */
  readonly beside: string;
  /** Rules of another kind: of the process, of approval, or such as are still to be thought up. */
  readonly other: string;
}

export const ruleListWords: Readonly<Record<string, RuleListWords>> = {
  en: {
    rule: "(?:automation |automated |decision |business )?rules?(?:'s)?",
    live: "live|active|activated|in force|in effect|published|enabled|running|switched on|turned on|apply|applies|deployed",
    draft:
      "drafts?|drafted|unpublished|not (?:yet )?(?:live|published)(?: yet)?|proposed|pending|waiting|undecided",
    drafts: "drafts?",
    withdrawn:
      "withdrawn|retired|deactivated|disabled|revoked|taken back|switched off|turned off|retracted|no longer (?:live|active|in force)",
    who: "who(?:'s| has| had)? (?:published|activated|approved|enabled|switched on|turned on|put|made|withdrew|withdrawn|retired|deactivated|created|set up|introduced)",
    lead: "which|what|list|show|display|give|do we|are there|are any|is there|have we|see|any|tell|when|who|all|our|the|name",
    beside:
      "right now|now|currently|at the moment|today|so far|already|present(?:ly)?|existing|exist|have|got|there|any|all|when|and|live|us|me|say|says|state|set up|defined|overview|list of",
    other:
      "approvals?|can (?:this|that|it)|must|unwritten|implicit|hidden|declare|approve what|may|catch|would|should|suggest|draft (?:a|some|new)|break|broken|violat\\p{L}+|follow\\p{L}*",
  },
  de: {
    rule: "(?:Automatisierungs|Entscheidungs|Geschäfts)?regel(?:n)?",
    live: "live|aktiv(?:e[nr]?)?|aktiviert(?:e[nr]?)?|in Kraft|gelten|gilt|gültig(?:e[nr]?)?|geltende[nr]?|veröffentlicht(?:e[nr]?)?|eingeschaltet(?:e[nr]?)?|laufen|scharf",
    draft:
      "Regelentw[uü]rfe?|Entw[uü]rfe?n?|entworfen(?:e[nr]?)?|unveröffentlicht(?:e[nr]?)?|noch nicht (?:veröffentlicht|live|aktiv|entschieden)|vorgeschlagen(?:e[nr]?)?",
    drafts: "Regelentw[uü]rfe?|Entw[uü]rfe?n?",
    withdrawn:
      "zurückgezogen(?:e[nr]?)?|zurückgenommen(?:e[nr]?)?|deaktiviert(?:e[nr]?)?|abgeschaltet(?:e[nr]?)?|aufgehoben(?:e[nr]?)?|außer Kraft|nicht mehr (?:aktiv|gültig|in Kraft)",
    who: "wer hat (?:.+? )?(?:veröffentlicht|aktiviert|freigegeben|eingeschaltet|zurückgezogen|angelegt|eingeführt|in Kraft gesetzt|erstellt)|von wem (?:.+? )?(?:veröffentlicht|aktiviert|zurückgezogen)",
    lead: "welche[rsn]?|was|liste?|zeig\\p{L}*|gib\\p{L}*|gibt|haben|sind|wer|wann|alle|unsere|die|nenn\\p{L}*|auflisten|von",
    beside:
      "gerade|aktuell(?:e[nr]?)?|derzeit|momentan|jetzt|im Moment|zurzeit|heute|bisher|schon|bereits|es|haben|wir|alle|wurden?|und|wann|mir|auf|an|hat|veröffentlicht|Übersicht|denn|eigentlich|bestehende[nr]?",
    other:
      "freigabe\\p{L}*|genehmigungs\\p{L}*|ungeschriebene\\p{L}*|implizite\\p{L}*|wer darf|würde\\p{L}*|sollte\\p{L}*|schlag\\p{L}*|entwirf|simulier\\p{L}*|verletz\\p{L}+|eingehalten|verstoß\\p{L}*",
  },
  fr: {
    rule: "règles?(?: (?:d['’]automatisation|métier))?",
    live: "actives?|activées?|en vigueur|publiées?|en place|en service|s['’]appliquent|s['’]applique|en ligne",
    draft: "brouillons?|ébauches?|rédigées?|non publiées?|pas encore publiées?|proposées?|en attente",
    drafts: "brouillons?|ébauches?",
    withdrawn: "retirées?|désactivées?|révoquées?|abrogées?|supprimées?|plus (?:en vigueur|actives?)",
    who: "qui a (?:publié|activé|approuvé|mis en (?:place|vigueur|service)|retiré|désactivé|créé|introduit)",
    lead: "quelles?|quels?|liste\\p{L}*|montre\\p{L}*|affiche\\p{L}*|donne\\p{L}*|avons|y a|y en a|qui|quand|toutes|nos|les|est-ce|des|il",
    beside:
      "actuellement|en ce moment|maintenant|aujourd['’]hui|déjà|jusqu['’]ici|à ce jour|existantes?|existe(?:nt)?|toutes?|ont été|été|et quand|quand|et|a|y|nous|on|avons|moi",
    other:
      "non écrites?|implicites?|tacites?|peut approuver|propose\\p{L}* des|rédige|simule\\p{L}*|respect\\p{L}+|viol\\p{L}+|enfrein\\p{L}+",
  },
  es: {
    rule: "reglas?(?: de (?:automatización|negocio))?",
    live: "activas?|activadas?|en vigor|vigentes?|publicadas?|en marcha|en funcionamiento|rigen|se aplican|aplicadas?",
    draft: "borrador(?:es)?|redactadas?|sin publicar|no publicadas?|propuestas?|pendientes?",
    drafts: "borrador(?:es)?",
    withdrawn: "retiradas?|desactivadas?|revocadas?|anuladas?|ya no (?:están )?(?:activas|en vigor)",
    who: "quién (?:ha )?(?:publicó|publicado|activó|activado|aprobó|aprobado|retiró|retirado|desactivó|creó|introdujo|puso)",
    lead: "qué|cuáles|cuál|lista\\p{L}*|muestra\\p{L}*|muéstrame|enséña\\p{L}*|dame|tenemos|hay|quién|cuándo|todas|nuestras|las|los",
    beside:
      "ahora(?: mismo)?|actualmente|en este momento|hoy|ya|hasta ahora|existentes?|existen|tenemos|hay|todas|son|están|han sido|fueron|sido|y cuándo|cuándo|y|se han",
    other:
      "entren? en vigor|corra|no escritas|implícitas|tácitas|puede aprobar|propon\\p{L}*|redacta|simula\\p{L}*|incumpl\\p{L}+|viola\\p{L}+|cumpl\\p{L}+",
  },
  it: {
    rule: "regol[ae](?: (?:di automazione|aziendal[ei]))?",
    live: "attiv[ae]|attivat[ae]|in vigore|vigent[ei]|pubblicat[ae]|in funzione|valgono|vale|si applicano",
    draft: "bozz[ae]|redatt[ae]|non (?:ancora )?pubblicat[ae]|propost[ae]|in attesa",
    drafts: "bozz[ae]",
    withdrawn: "ritirat[ae]|disattivat[ae]|revocat[ae]|annullat[ae]|non più (?:in vigore|attiv[ae])",
    who: "chi ha (?:pubblicato|attivato|approvato|messo in vigore|ritirato|disattivato|creato|introdotto)",
    lead: "quali|quale|che|elenca\\p{L}*|mostra\\p{L}*|fammi|dammi|abbiamo|ci sono|c['’]è|chi|quando|tutte|nostre|le",
    beside:
      "adesso|ora|attualmente|al momento|in questo momento|oggi|già|finora|esistenti|esistono|ci sono|abbiamo|tutte|sono|state|stata|e quando|quando|e|vedere",
    other:
      "non scritte|implicite|tacite|può approvare|proponi|redigi|simula\\p{L}*|viola\\p{L}+|rispetta\\p{L}+",
  },
  pt: {
    rule: "regras?(?: de (?:automatização|automação|negócio))?",
    live: "ativas?|activas?|ativadas?|em vigor|vigentes?|publicadas?|em funcionamento|valem|aplicam-se|ligadas?",
    draft: "rascunhos?|redigidas?|por publicar|não publicadas?|propostas?|pendentes?",
    drafts: "rascunhos?",
    withdrawn:
      "retiradas?|desativadas?|desactivadas?|revogadas?|anuladas?|já não (?:estão )?(?:em vigor|ativas)",
    who: "quem (?:é que )?(?:publicou|ativou|activou|aprovou|retirou|desativou|criou|introduziu|pôs)",
    lead: "que|quais|qual|lista\\p{L}*|mostra\\p{L}*|mostre|dá-me|temos|há|existem|quem|quando|todas|nossas|as|os",
    beside:
      "agora|neste momento|atualmente|actualmente|hoje|já|até agora|existentes?|existem|temos|há|todas|são|estão|foram|sido|e quando|quando|e",
    other:
      "entrem? em vigor|não escritas|implícitas|tácitas|pode aprovar|propõe|redige|simula\\p{L}*|viola\\p{L}+|cumpr\\p{L}+",
  },
  nl: {
    rule: "(?:automatiserings|beslis|bedrijfs)?regels?",
    live: "live|actief|actieve|geactiveerde?|van kracht|gepubliceerde?|ingeschakelde?|geldig|gelden|geldt|geldende",
    draft: "concepten|concept(?:regels)?|ontwerpen|opgestelde?|(?:nog )?niet gepubliceerde?|voorgestelde?",
    drafts: "concepten|ontwerpen",
    withdrawn: "ingetrokken|gedeactiveerde?|uitgeschakelde?|afgeschafte?|niet meer (?:actief|van kracht)",
    who: "wie heeft (?:.+? )?(?:gepubliceerd|geactiveerd|goedgekeurd|ingeschakeld|ingetrokken|gemaakt|ingevoerd)",
    lead: "welke|wat|lijst|toon|laat|geef|hebben|zijn|wie|wanneer|alle|onze|de",
    beside:
      "nu|momenteel|op dit moment|vandaag|al|tot nu toe|bestaande|bestaan|er|hebben|we|wij|alle|zien|zijn|en wanneer|wanneer|en|heeft|gepubliceerd|actief",
    other:
      "goedkeurings\\p{L}*|beleid|ongeschreven|impliciete|mag goedkeuren|stel\\p{L}* voor|simuleer|schend\\p{L}+|nageleefd",
  },
  pl: {
    rule: "regu(?:ły|ł|łami|łach|ła|łę)",
    live: "aktywne|aktywnych|aktywna|obowiązuj\\p{L}+|opublikowan\\p{L}+|włączon\\p{L}+|działaj\\p{L}+|wdrożon\\p{L}+|w mocy",
    draft: "szkic\\p{L}*|projekt(?:y|ów)|nieopublikowan\\p{L}+|zaproponowan\\p{L}+|proponowan\\p{L}+|robocze",
    drafts: "szkic\\p{L}*",
    withdrawn:
      "wycofan\\p{L}+|wyłączon\\p{L}+|cofnięt\\p{L}+|uchylon\\p{L}+|dezaktywowan\\p{L}+|już nie(?:obowiązują| obowiązują)",
    who: "kto (?:opublikował|aktywował|zatwierdził|włączył|wycofał|wyłączył|utworzył|wprowadził)",
    lead: "jakie|które|jaka|która|lista|wypisz|pokaż|podaj|mamy|są|czy|kto|kiedy|wszystkie|nasze",
    beside:
      "teraz|obecnie|aktualnie|w tej chwili|dziś|dotąd|już|istniejące|istnieją|mamy|są|wszystkie|zostały|i kiedy|kiedy|i|jakieś|mi",
    other:
      "niejawn\\p{L}+|niepisan\\p{L}+|ukryt\\p{L}+|może zatwierdzać|zaproponuj|opracuj|symuluj|zasymuluj|narusza\\p{L}+|łamie|przestrzega\\p{L}+",
  },
  ja: {
    rule: "(?:自動化)?ルール|規則(?!性)",
    live: "有効(?:な|に)?|稼働(?:中の?|して)|公開(?:中の?|され(?:た|て)|済みの?)|適用(?:中の?|され(?:た|て))|生きて|動いて|発効",
    draft: "下書き|草案|草稿|ドラフト|未公開|まだ公開",
    drafts: "下書き|草案|ドラフト|草稿",
    withdrawn: "取り下げ|撤回|無効に|停止され",
    who: "誰が.{0,20}(?:公開|有効|承認|撤回|取り下げ|作)",
    lead: "どの|どれ|何|一覧|見せて|教えて|表示|ある|誰|いつ|は",
    beside: "今|現在|いま|現時点|既存の?|すべての?|全部|中の?|一覧|いつ|そして|リスト",
    other:
      "決裁|使わない|やめ|暗黙|書かれていない|不文|提案して|作って|シミュレ|違反|守ら|承認できる|してよい",
  },
  zh: {
    rule: "(?:自动化)?规则",
    live: "生效(?:的|中)?|有效的?|启用的?|已发布的?|发布了的?|上线的?|在用的?|运行的?|执行的?",
    draft: "草稿|草案|未发布的?|还没发布|待发布的?",
    drafts: "草稿|草案",
    withdrawn: "撤回(?:了|的)?|撤销(?:了|的)?|停用(?:了|的)?|废止|失效",
    who: "谁.{0,12}(?:发布|启用|批准|撤回|停用|创建)",
    lead: "哪些|哪|什么|列出|显示|看|(?<!所)有|谁|什么时候",
    beside: "现在|目前|当前|正在|已经|所有的?|全部|我们|一下|什么时候|何时|的|被|了|有|给我|都",
    other: "帮助|效果|有用|不成文|潜规则|隐含|建议|起草|模拟|违反|遵守|可以批准|谁能",
  },
};
