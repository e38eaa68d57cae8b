/** What can be told about a reply from its words alone, in any language. Pure; nothing of the agent's is used. */

/** Frequent words that tell a language from its neighbours. */
const frequent: Readonly<Record<string, string>> = {
  en: "the of is are and to in that it for was with on as not by from this before after cases which what all no there one how than can here each would only has have",
  de: "der die das ist sind und zu im nicht den dem von mit ein eine einen es auf für als auch sich wird werden vor nach fälle alle kein keine nur hat haben wie was ich bei aus am bis über",
  fr: "le la les des est sont et dans un une du au que qui pour pas sur par avec plus ne ce cette tous avant après cas je il elle vous en de aux leur ou aucun aucune",
  es: "el la los las es son y en un una del al que para no por con más se lo su este esta todos antes después casos de hay cuál qué como ningún ninguna sobre",
  pt: "o a os as é são e em um uma do da dos das ao que para não por com mais se no na este esta todos antes depois casos de há qual como nenhum nenhuma sobre",
  it: "il lo la gli le è sono e in un una del della dei delle al che per non con più si questo questa tutti prima dopo casi di da nel nella quale come nessun nessuna",
  nl: "de het een is zijn en van in op dat niet voor met als ook er maar om bij naar alle zaken geen wordt worden of aan hoe wat deze dit door over kan ik",
  pl: "i w na z do nie jest są się że o po przed dla od to jak które który wszystkie spraw przypadków przypadki przez ma te lub czy tego tej ten brak oraz",
};

const lists = new Map(Object.entries(frequent).map(([code, words]) => [code, new Set(words.split(" "))]));

const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const han = /\p{Script=Han}/gu;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Names in quotation marks are the log's, not the speaker's. */
const withoutQuoted = (text: string): string => text.replaceAll(/["“„«][^"”“»]{1,80}["”“»]/gu, " ");

/** How many of the words are frequent in each language. */
export function languageScores(text: string): ReadonlyMap<string, number> {
  const words =
    withoutQuoted(text)
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? [];
  return new Map([...lists].map(([code, list]) => [code, words.filter((word) => list.has(word)).length]));
}

/** Whether a reply reads as one in `language`. Texts too short to tell are given the benefit of the doubt. */
export function readsAs(text: string, language: string): boolean {
  const plain = withoutQuoted(text);
  const [ofHan, ofKana] = [count(plain, han), count(plain, kana)];
  if (language === "ja") return ofKana >= 3;
  if (language === "zh") return ofHan >= 3 && ofKana < 3;
  if (ofHan + ofKana > count(plain, /\p{Script=Latin}/gu)) return false;
  const scores = languageScores(text);
  const own = scores.get(language);
  if (own === undefined) return false;
  const best = Math.max(...scores.values());
  return best < 2 || own >= best * 0.75;
}

/**
 * Words by which people say that something cannot be told or is not there. Only whether one of them is in the reply is
 * looked at: what the reply did is judged by its calls and facts.
 */
const lacking: readonly RegExp[] = [
  /\b(?:cannot|can['’]?t|can not|unable|not able|no (?:data|such|log|events?|information|attribute|column|activity|tool|reference|model)|do(?:es)?(?:n['’]t| not) (?:have|know|hold|contain|say|exist|cover)|has no|have no|there (?:is|are) (?:no|nothing|none)|nothing (?:in|about|for)|not (?:run|in|part of|have|recorded|covered|available|something)|none of|outside|without|never|no one|unknown|yet|only (?:work|know|answer))\b/iu,
  /\b(?:nicht|kein(?:e[nmrs]?)?|nichts|ohne|fehl(?:t|en)|außerhalb|noch nicht|unbekannt)\b/iu,
  /\b(?:ne\b.{1,40}\bpas|n['’]\p{L}+.{0,40}\b(?:pas|aucune?)|pas|aucune?|rien|sans|impossible|hors|inconnue?)\b/iu,
  /\b(?:no|ningún|ninguna|nada|sin|fuera|tampoco|desconocid[oa]|falta)\b/iu,
  /\b(?:não|nenhuma?|nada|sem|fora|desconhecid[oa]|falta)\b/iu,
  /\b(?:non|nessuna?|nessun|niente|nulla|senza|fuori|sconosciut[oa]|manca)\b/iu,
  /\b(?:niet|geen|niets|zonder|buiten|onbekend|ontbreekt)\b/iu,
  /\b(?:nie|brak|żadn\p{L}+|nic|bez|poza|nieznan\p{L}+)\b/iu,
  /ません|ない|なし|存在しない|できない|範囲外|含まれ/u,
  /不|没有|没|無|无法|无|未|缺少|范围之外/u,
];

export const saysItLacks = (text: string): boolean => lacking.some((pattern) => pattern.test(text));

/** Words by which people say that they may have misunderstood. */
const doubting: readonly RegExp[] = [
  /\b(?:not (?:quite )?sure|may have misread|might have misunderstood|unsure)\b/iu,
  /\b(?:nicht (?:ganz )?sicher|unsicher|falsch verstanden)\b/iu,
  /\b(?:pas (?:tout à fait |bien )?s[ûu]re?|mal compris|incertaine?)\b/iu,
  /\b(?:no est(?:oy|á|amos) (?:del todo )?segur[oa]s?|no segur[oa]|haber entendido mal)\b/iu,
  /\b(?:não (?:tenho|estou) (?:a )?(?:certeza|cert[oa])|ter entendido mal)\b/iu,
  /\b(?:non (?:sono|ne sono) (?:del tutto )?sicur[oa]|aver (?:frainteso|capito male))\b/iu,
  /\b(?:niet (?:helemaal )?zeker|verkeerd begrepen)\b/iu,
  /\bnie (?:mam|jestem) (?:do końca )?pew(?:ności|ien|na|ny)\b/iu,
  /自信がありません|確かではありません|誤解し/u,
  /不确定|不太确定|可能理解错|没有把握/u,
];

export const saysItDoubts = (text: string): boolean => doubting.some((pattern) => pattern.test(text));
