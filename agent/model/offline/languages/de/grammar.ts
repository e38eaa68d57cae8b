import type { Grammar } from "../language.ts";
import { concepts } from "./concepts.ts";
import { profile } from "./profile.ts";
import { words } from "./words.ts";

/** German. */
export const grammar: Grammar = {
  ...profile,
  ...words,
  concepts,
  endings: [
    ["fehlern", "fehler", 0],
    ["fehler", "fehler", 0],
    ["ierungen", "ier", 3],
    ["ierung", "ier", 3],
    ["ierten", "ier", 3],
    ["ierte", "ier", 3],
    ["ieren", "ier", 3],
    ["iert", "ier", 3],
    ["iere", "ier", 3],
    ["keiten", "keit", 3],
    ["heiten", "heit", 3],
    ["ungen", "ung", 3],
    ["innen", "", 4],
    ["sten", "st", 3],
    ["ster", "st", 4],
    ["stes", "st", 4],
    ["stem", "st", 4],
    ["ste", "st", 3],
    ["eres", "", 4],
    ["eren", "", 4],
    ["erem", "", 4],
    ["ere", "", 4],
    ["rten", "r", 4],
    ["rte", "r", 4],
    ["lten", "l", 4],
    ["lte", "l", 4],
    ["hlt", "hl", 3],
    ["igt", "ig", 3],
    ["ngt", "ng", 3],
    ["ert", "er", 4],
    ["elt", "el", 4],
    ["ern", "", 4],
    ["ers", "", 4],
    ["ern", "er", 2],
    ["eln", "el", 2],
    ["est", "", 4],
    ["em", "", 4],
    ["en", "", 3],
    ["er", "", 4],
    ["es", "", 4],
    ["et", "", 4],
    ["ss", "ss", 1],
    ["us", "us", 2],
    ["is", "is", 2],
    ["s", "", 4],
    ["e", "", 3],
  ],
  derivations:
    "ung, ungen, er, erin, lich, isch, bar, ig, keit, heit, schaft, los, ion, ionen, or, oren, ant, anten, in, innen",
  doubledConsonants: false,
  compounds: true,
  linkingElements: "s, es, en, n, e, er, -",
  separable:
    "ab, an, auf, aus, bei, dar, durch, ein, fest, frei, heraus, her, hin, los, mit, nach, raus, rein, um, vor, weg, weiter, wieder, zu, zurück, zusammen, liegen, hängen, stecken, stehen",
  infinitive: "zu",
  capitalisedNouns: true,
  clitics: "s, n, m",
  exclude:
    "ohne, außer, ausgenommen, ausschließen, ausschließlich, nicht, kein, keine, keinen, keiner, ignoriere, ignorieren, weglassen, abgesehen von, minus, aber nicht, nie, niemals, übersprungen, überspringen, auslassen, bis auf, jenseits, herausfiltern, filtere heraus, raus",
  include:
    "nur, bloß, mit, für, in, aus, im, von, wo, enthalten, enthält, darunter, einschließlich, inklusive, die mit, beschränkt auf, bei, zu, nach, lediglich",
  having:
    "mit, die, enthalten, enthält, durchlaufen, einschließlich, inklusive, haben, hatten, in denen, bei denen",
  questions:
    "was, welche, welcher, welches, welchen, welchem, warum, wieso, weshalb, wie, wo, wer, wen, wem, wann, ist, sind, war, waren, hat, haben, hatte, hatten, würde, würden, könnte, könnten, kann, können, soll, sollte, sollten, wird, werden, woran, wodurch, woher, womit, gibt, dauert, wieviel, wieviele, wohin",
  groupBy:
    "nach, pro, je, für jede, für jeden, für jedes, jede, jeden, jedes, aufgeteilt nach, aufgeschlüsselt nach, gruppiert nach, unterteilt nach, getrennt nach, gegliedert nach, abhängig von, je nach, über alle, quer über, zwischen den",
  versus: "versus, vs, gegen, gegenüber, im Vergleich zu, verglichen mit, als",
  rest: "der Rest, den Rest, dem Rest, die anderen, den anderen, andere, anderen, alle anderen, alles andere, übrige, übrigen, restlichen",
  pronouns:
    "es, das, dies, diese, dieser, dieses, diesen, sie, die, davon, daran, dafür, dazu, dort, da, dabei, ihn, dasselbe",
  superlatives:
    "schlimmste, schlimmsten, langsamste, langsamsten, größte, größten, wichtigste, wichtigsten, längste, längsten, oberste, schlechteste, schlechtesten, meiste, meisten, schwächste, härteste, Haupt, engste, höchste, stärkste",
  conjunctions:
    "und, dann, außerdem, andererseits, zum anderen, zweitens, drittens, daneben, darüber hinaus, obendrein, überdies, sowie, zusätzlich, plus, und dann, anschließend, danach, ebenfalls, dazu noch",
  requests:
    "zeig, zeige, gib, nenn, nenne, liste, sag, sage, was, welche, welcher, welches, warum, wieso, wie, wo, wer, wann, entwirf, vergleiche, vergleich, simuliere, veröffentliche, überwache, exportiere, zeichne, erkläre, erklär, schlag, schlage, finde, find, optimiere, verbessere, ist, sind, kann, gibt, warne, alarmiere, dann, lass, mach, mache, teste, prüfe, prüf, beschreibe, fasse, fass, empfiehl, schreib, schreibe, erstelle, berechne, filtere, sag, benachrichtige",
  choosing:
    "nimm, nehme, nehmen, verwende, benutze, nutze, wechsle, wechsle zu, wechsel zu, öffne, wähle, arbeite mit, geh zu, gehe zu, mach weiter mit, weiter mit, schau dir an, betrachte, meine, meinte, ich meine, das",
  yesNo:
    "ist, sind, war, waren, hat, haben, wird, werden, warten, wartet, dauert, dauern, brauchen, braucht, sind",
  comparatives:
    "länger, langsamer, schneller, schlechter, schlimmer, besser, kürzer, später, höher, niedriger, früher, reibungsloser, zügiger, öfter, häufiger",
  ranks:
    "rangliste, ranking, rangfolge, schlechteste, schlechtester, schlechtesten, beste, bester, besten, faulste, faulster, faul, minderleister, bestenliste, langsamste, langsamster, langsamsten, schnellste, schnellster",
  picks:
    "wer, wessen, welche, welcher, welchen, name, namen, namentlich, nenne, liste, meisten, wenigsten, pro, je, jeder, top",
  conditions: "wenn, falls, sobald, jeder, jede, jedes, jeden, alle, außer, immer",
  indefinite: "ein, eine, einen, einem, einer",
  possessives:
    "unser, unsere, unseren, unserem, unserer, mein, meine, meinen, meinem, dein, deine, ihr, ihre, ihren",
};
