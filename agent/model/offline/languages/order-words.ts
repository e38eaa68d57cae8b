/**
 * How people say in which order cases are to come: data, one entry a language. Each is a pattern, as superlatives change
 * their endings; in languages that set words apart it stands for whole words.
 */
export interface OrderWords {
  /** "most expensive", "cheapest": by what cases are worth. */
  readonly dear: string;
  readonly cheap: string;
  /** "largest", "highest", "smallest": by a figure that is named, or what cases are worth. */
  readonly large: string;
  readonly small: string;
  readonly newest: string;
  readonly oldest: string;
  readonly slowest: string;
  readonly fastest: string;
  /** "most", "fewest", beside a word for steps. */
  readonly many: string;
  readonly few: string;
  readonly steps: string;
  /** "sort … by", "ordered by". */
  readonly sorted: string;
  /** "… first", "on top". */
  readonly first: string;
  readonly falling: string;
  readonly rising: string;
  /** One case is asked for: the noun's form, and words around it. */
  readonly one: { readonly noun?: string; readonly text?: string };
}

export const orderWords: Readonly<Record<string, OrderWords>> = {
  en: {
    dear: "most (?:expensive|valuable|costly|pricey)|priciest|dearest|costliest|high(?:est)?[- ](?:value|valued|priced)(?= )|(?:cost|costs|worth)(?: us)?(?: the)? most",
    cheap:
      "cheapest|least (?:expensive|valuable|costly)|lowest[- ](?:value|valued|priced)(?= )|(?:cost|costs|worth)(?: us)?(?: the)? least",
    large: "largest|biggest|highest|greatest|top",
    small: "smallest|lowest|tiniest",
    newest: "newest|latest|most recent|most recently \\p{L}+",
    oldest: "oldest|earliest|longest[- ]standing",
    slowest:
      "slowest|longest(?:[- ](?:running|lasting|open))?|most (?:time[- ]consuming|drawn[- ]out)|(?:took|take|takes|taking|lasted|ran)(?: the)? longest",
    fastest: "fastest|quickest|shortest|(?:took|take|takes|taking|lasted)(?: the)? (?:shortest|least time)",
    many: "most|(?:highest|largest|greatest) number of",
    few: "fewest|least|(?:lowest|smallest) number of",
    steps: "steps?|events?|activities|stages|tasks",
    sorted: "(?:sort|order|rank|arrange)(?:ed)?(?: \\p{L}+){0,4} by|in order of|sort by",
    first: "first|on top|at the top",
    falling: "descending|high to low|largest to smallest|from the top|decreasing",
    rising: "ascending|low to high|smallest to largest|increasing",
    one: { noun: "[^s]$", text: "\\b(?:the|which|what|our|single)\\b" },
  },
  de: {
    dear: "(?:am )?(?:teuerst|kostspieligst|wertvollst|höchstwertig)(?:e[nrms]?)?|am meisten (?:gekostet|kosten|kostet|wert)",
    cheap:
      "(?:am )?(?:billigst|günstigst|preiswertest)(?:e[nrms]?)?|am wenigsten (?:gekostet|kosten|kostet|wert)",
    large: "(?:am )?(?:größt|grösst|höchst)(?:e[nrms]?)?|top",
    small: "(?:am )?(?:kleinst|niedrigst|geringst)(?:e[nrms]?)?",
    newest: "(?:am )?(?:neu(?:e)?st|jüngst|aktuellst|zuletzt \\p{L}+)(?:e[nrms]?)?|(?:spätest)e[nrms]?",
    oldest: "(?:am )?(?:ältest|frühest)(?:e[nrms]?)?",
    slowest:
      "(?:am )?(?:langsamst|längst|langwierigst)(?:e[nrms]?)?(?: \\p{L}+enden)?|am längsten (?:gedauert|laufende?n?|offene?n?)",
    fastest: "(?:am )?(?:schnellst|kürzest)(?:e[nrms]?)?",
    many: "(?:die|den|am) meisten|meisten?|(?:höchste|größte)[nr]? (?:An)?zahl(?: (?:an|von))?",
    few: "(?:die|den|am) wenigsten|wenigsten?|(?:niedrigste|kleinste|geringste)[nr]? (?:An)?zahl(?: (?:an|von))?",
    steps: "schritte?n?|ereignisse?n?|aktivitäten|stationen|(?:prozess|arbeits)schritte?n?",
    sorted:
      "(?:sortier|ordne|reih)\\p{L}*(?: \\p{L}+){0,4} nach|nach \\p{L}+ (?:ge)?(?:ordnet|sortiert|reiht)",
    first: "zuerst|zuoberst|obenan|nach oben|als erste[ns]?",
    falling: "absteigend(?:e[rnm]?)?|fallend",
    rising: "aufsteigend(?:e[rnm]?)?|steigend",
    one: { noun: "(?:ung|trag|fall|kredit|vorgang|ticket|age|case|order|lehen|prozess|auftrag)$" },
  },
  fr: {
    dear: "(?:(?:le|la|les) )?plus (?:ch[eè]re?s?|coûteu(?:x|ses?)|onéreu(?:x|ses?))|(?:coûté|coûtent|coûte|valent|vaut) le plus(?: cher)?",
    cheap:
      "moins (?:ch[eè]re?s?|coûteu(?:x|ses?)|onéreu(?:x|ses?))|(?:coûté|coûtent|coûte|valent|vaut) le moins(?: cher)?",
    large: "plus (?:gros(?:ses?)?|grande?s?|élevée?s?|hautes?|importante?s?|forte?s?)|top",
    small: "plus (?:petite?s?|faibles?|basses?|bas)|moins élevée?s?",
    newest: "plus récente?s?|plus récemment \\p{L}+|derni(?:ers|ères)|plus tardi(?:f|ve)s?",
    oldest: "plus ancien(?:ne)?s?|plus vieu(?:x|lles?)|plus vieilles?",
    slowest:
      "plus (?:lente?s?|longs?|longues?)|(?:duré|durent|pris|prennent) le plus(?: longtemps| de temps)?",
    fastest: "plus (?:rapides?|courte?s?)|(?:duré|durent|pris) le moins(?: longtemps| de temps)?",
    many: "le plus (?:de|d['’])|le plus grand nombre (?:de|d['’])",
    few: "le moins (?:de|d['’])",
    steps: "étapes?|événements?|évènements?|activités?",
    sorted:
      "(?:tri|class|ordonn|rang)(?:e[rz]?|é|ée|és|ées|ez)?(?:[- ]\\p{L}+){0,4} (?:par|selon)|par ordre de",
    first: "d['’]abord|en premier|en tête|en haut",
    falling: "décroissante?|ordre décroissant",
    rising: "croissante?|ordre croissant",
    one: { noun: "[^sx]$", text: "\\b(?:le|la|quel|quelle)\\b|\\bl['’]" },
  },
  es: {
    dear: "más (?:car[oa]s?|costos[oa]s?|valios[oa]s?)|(?:costaron|costó|cuestan|valen|vale) más",
    cheap:
      "más (?:barat[oa]s?|económic[oa]s?)|menos (?:car[oa]s?|costos[oa]s?)|(?:costaron|costó|cuestan|valen|vale) menos",
    large: "más (?:grandes?|alt[oa]s?|elevad[oa]s?)|mayor(?:es)?|top",
    small: "más (?:pequeñ[oa]s?|baj[oa]s?)|menor(?:es)?",
    newest: "más (?:recientes?|nuev[oa]s?)|últim[oa]s",
    oldest: "más (?:antigu[oa]s?|viej[oa]s?)",
    slowest: "más (?:lent[oa]s?|larg[oa]s?)|(?:tardaron|tardó|tardan|duraron|duró|duran) más(?: tiempo)?",
    fastest: "más (?:rápid[oa]s?|cort[oa]s?)|(?:tardaron|tardó|tardan|duraron|duró|duran) menos(?: tiempo)?",
    many: "más|mayor número de",
    few: "menos|menor número de",
    steps: "pasos|eventos|actividades|etapas",
    sorted: "(?:orden|clasific)(?:a|ar|ad|ados|adas|e|ame|alos|alas)?(?: \\p{L}+){0,4} por|por orden de",
    first: "primero|arriba|al principio",
    falling: "descendente|de mayor a menor|decreciente",
    rising: "ascendente|de menor a mayor|creciente",
    one: { noun: "[^s]$" },
  },
  it: {
    dear: "più (?:car[oaie]|costos[oaie]|pregiat[oaie])|(?:costano|costa|costat[oaie]|valgono|vale) di più",
    cheap:
      "più economic(?:[oai]|he)|meno (?:car[oaie]|costos[oaie])|(?:costano|costa|costat[oaie]|valgono|vale) di meno",
    large: "più (?:grand[ei]|gross[oaie]|alt[oaie]|elevat[oaie])|maggior[ei]?|top",
    small: "più (?:piccol[oaie]|bass[oaie])|minor[ei]?",
    newest: "più (?:recent[ei]|nuov[oaie])|ultim[ie]",
    oldest: "più (?:vecchi[oae]?|antic(?:[oa]|hi|he))",
    slowest: "più (?:lent[oaie]|lung(?:[oa]|hi|he))|(?:durano|dura|durat[oaie]) di più",
    fastest: "più (?:veloc[ei]|rapid[oaie]|brev[ei]|cort[oaie])|(?:durano|dura|durat[oaie]) di meno",
    many: "(?:il )?maggior numero di|più",
    few: "(?:il )?minor numero di|meno",
    steps: "passaggi|passi|fasi|eventi|attività",
    sorted: "(?:ordin|classific)(?:a|are|ate|ati|ato|ami|ali|ale)?(?: \\p{L}+){0,4} per|in ordine di",
    first: "prima|per prim[oaie]|in cima|in alto",
    falling: "decrescente|discendente|dal più alto al più basso",
    rising: "crescente|ascendente|dal più basso al più alto",
    one: { text: "(?<!\\p{L})(?:il|lo|la|quale|qual)(?!\\p{L})|(?<!\\p{L})l['’]" },
  },
  pt: {
    dear: "mais (?:car[oa]s?|dispendios[oa]s?|valios[oa]s?)|(?:custaram|custou|custam|valem|vale) mais",
    cheap:
      "mais (?:barat[oa]s?|económic[oa]s?|econômic[oa]s?)|menos (?:car[oa]s?)|(?:custaram|custou|custam|valem|vale) menos",
    large: "mais (?:alt[oa]s?|elevad[oa]s?)|maior(?:es)?|top",
    small: "mais (?:pequen[oa]s?|baix[oa]s?)|menor(?:es)?",
    newest: "mais (?:recentes?|nov[oa]s?)|últim[oa]s",
    oldest: "mais (?:antig[oa]s?|velh[oa]s?)",
    slowest:
      "mais (?:lent[oa]s?|long[oa]s?|demorad[oa]s?)|(?:demoraram|demorou|demoram|duraram|durou) mais(?: tempo)?",
    fastest: "mais (?:rápid[oa]s?|curt[oa]s?)|(?:demoraram|demorou|demoram|duraram|durou) menos(?: tempo)?",
    many: "mais|maior número de",
    few: "menos|menor número de",
    steps: "passos|eventos|atividades|etapas",
    sorted:
      "(?:orden|classific)(?:a|ar|e|ado|ada|ados|adas|á-l[oa]s)?(?: \\p{L}+){0,4} (?:por|pel[oa])|por ordem de",
    first: "primeiro|no topo|em cima",
    falling: "decrescente|descendente|do maior para o menor",
    rising: "crescente|ascendente|do menor para o maior",
    one: { noun: "[^s]$" },
  },
  nl: {
    dear: "duurste?|kostbaarste?|waardevolste?|(?:het )?meest (?:gekost|waard|kosten|kostte)",
    cheap: "goedkoopste?|voordeligste?|(?:het )?minst (?:gekost|waard|kosten|kostte)",
    large: "grootste?|hoogste?|top",
    small: "kleinste?|laagste?",
    newest: "nieuwste?|recentste?|meest recente?|jongste?",
    oldest: "oudste?|vroegste?",
    slowest: "langzaamste?|traagste?|langst(?:e|lopende|durende)?(?: lopende| durende| openstaande)?",
    fastest: "snelste?|kortste?",
    many: "(?:de |het )?meeste?|(?:grootste|hoogste) aantal",
    few: "(?:de |het )?minste?|(?:kleinste|laagste) aantal",
    steps: "stappen|gebeurtenissen|activiteiten|processtappen",
    sorted:
      "(?:sorteer|gesorteerd|orden|geordend|rangschik|gerangschikt)(?: \\p{L}+){0,4} (?:op|naar|volgens)|op volgorde van",
    first: "eerst|bovenaan|als eerste",
    falling: "aflopende?|dalende?",
    rising: "oplopende?|stijgende?",
    one: { noun: "(?<!s|en)$" },
  },
  pl: {
    dear: "(?:naj(?:droższ|kosztowniejsz|cenniejsz)\\p{L}+|najdrożej)|najwięcej (?:kosztował\\p{L}*|wart\\p{L}*|kosztują|kosztuje)",
    cheap: "naj(?:tańsz)\\p{L}+|najtaniej|najmniej (?:kosztował\\p{L}*|wart\\p{L}*|kosztują|kosztuje)",
    large: "naj(?:większ|wyższ)\\p{L}+|top",
    small: "naj(?:mniejsz|niższ)\\p{L}+",
    newest: "naj(?:nowsz|świeższ|późniejsz)\\p{L}+|ostatni(?:e|ch|mi)",
    oldest: "naj(?:starsz|wcześniejsz|dawniejsz)\\p{L}+",
    slowest: "naj(?:wolniejsz|dłuższ|powolniejsz)\\p{L}+|najdłużej(?: \\p{L}+)?",
    fastest: "naj(?:szybsz|krótsz)\\p{L}+|najkrócej(?: \\p{L}+)?",
    many: "najwięcej|największą liczb[ąę]|największej liczbie",
    few: "najmniej|najmniejszą liczb[ąę]|najmniejszej liczbie",
    steps: "krok(?:ów|i|ach|ami)?|zdarze(?:ń|nia|niami)|czynności|etap(?:ów|y)",
    sorted:
      "(?:(?:po)?sortu\\p{L}+|(?:po)?sortowan\\p{L}+|uporządku\\p{L}+|uporządkowan\\p{L}+|ułóż)(?: \\p{L}+){0,4} (?:według|wg|po)|w kolejności",
    first: "najpierw|jako pierwsze|na górze|na początku",
    falling: "malejąco|malejącej?|malejącym",
    rising: "rosnąco|rosnącej?|rosnącym",
    one: {
      text: "(?<!\\p{L})naj\\p{L}+sz(?:y|a|ą|ego|ej)(?!\\p{L})|(?<!\\p{L})któr(?:y|a|ą)(?!\\p{L})|(?:zamówie|zgłosze)nie(?!\\p{L})",
    },
  },
  ja: {
    dear: "(?:最も|一番|いちばん|もっとも)(?:高額|高価|高い|値の張る)(?:な|の)?|最高額の?|高額順|高額な順|値段の高い順|高い順",
    cheap: "(?:最も|一番|いちばん|もっとも)(?:安い|安価|低額|少額)(?:な|の)?|最安の?|安い順|少額順",
    large:
      "(?:最も|一番|いちばん|もっとも)(?:大き[いな]|多い|高い|大口の?)|最大(?!値)の?|最高(?!値)の?|大きい順|多い順|上位",
    small:
      "(?:最も|一番|いちばん|もっとも)(?:小さ[いな]|少ない|低い|小口の?)|最小の?|最低の?|小さい順|少ない順|低い順",
    newest: "(?:最も|一番|いちばん|もっとも)(?:新しい|最近の?)|最新の?|新しい順|直近の?",
    oldest: "(?:最も|一番|いちばん|もっとも)古い|最古の?|古い順",
    slowest:
      "(?:最も|一番|いちばん|もっとも)(?:遅い|長い|長く|時間の?が?かか(?:った|る|っている))(?:[いたる]*)|最長の?|遅い順|長い順",
    fastest: "(?:最も|一番|いちばん|もっとも)(?:速い|早い|短い)|最短の?|最速の?|速い順|早い順|短い順",
    many: "(?:最も|一番|いちばん|もっとも)多い|最多の?|多い順",
    few: "(?:最も|一番|いちばん|もっとも)少ない|最少の?|少ない順",
    steps: "ステップ数?|イベント数?|工程数?|手順数?|作業数",
    sorted: "並べ替え|並べて|並び替え|ソート|順に",
    first: "から順に|を先に|先頭に|順に|順で",
    falling: "降順",
    rising: "昇順",
    one: { text: "どれ|どの(?!よう)|1件(?!以)|一件|ひとつ" },
  },
  zh: {
    dear: "最(?:贵重?|昂贵|值钱)的?|(?:金额|价值|价格)最[大高]的?|花费最[多高]的?",
    cheap: "最(?:便宜|廉价)的?|(?:金额|价值|价格)最[小低]的?|花费最[少低]的?",
    large: "最[大高](?!值)(?:额)?的?|前(?=[\\d一二三四五六七八九十])",
    small: "最[小低](?:额)?的?",
    newest: "最(?:新|近)的?",
    oldest: "最(?:旧|老|早)的?",
    slowest: "最(?:慢|长|久)的?|(?:耗时|用时|历时|时间)最[长久多]的?",
    fastest: "最(?:快|短)的?|(?:耗时|用时|历时|时间)最[短少]的?",
    many: "最多的?",
    few: "最少的?",
    steps: "步骤数?|事件数?|环节数?|活动数?",
    sorted: "(?:按照?|依照?|根据).{1,12}(?:排序|排列|排)|排序|排列",
    first: "在前|优先|排在最?前面?|先(?:列|显示)",
    falling: "降序|从[大高多][到至][小低少]|由[大高]到[小低]",
    rising: "升序|从[小低少][到至][大高多]|由[小低]到[大高]",
    one: { text: "哪一?[个笔张单件](?!.*些)" },
  },
};
