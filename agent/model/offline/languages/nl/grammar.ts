import type { Grammar } from "../language.ts";
import { concepts } from "./concepts.ts";
import { profile } from "./profile.ts";
import { words } from "./words.ts";

/** Dutch. */
export const grammar: Grammar = {
  ...profile,
  ...words,
  concepts,
  endings: [
    ["voorstellen", "voorstellen", 0],
    ["eringen", "eer", 3],
    ["ering", "eer", 3],
    ["eerden", "eer", 3],
    ["eerde", "eer", 3],
    ["eert", "eer", 3],
    ["eren", "eer", 3],
    ["heden", "heid", 3],
    ["ingen", "ing", 3],
    ["ijen", "ij", 3],
    ["sten", "st", 4],
    ["ste", "st", 4],
    ["ende", "", 4],
    ["ers", "er", 4],
    ["ies", "ie", 3],
    ["en", "", 3],
    ["ss", "ss", 1],
    ["us", "us", 2],
    ["is", "is", 2],
    ["s", "", 4],
    ["e", "", 3],
  ],
  derivations:
    "ing, ingen, er, ers, ster, lijk, lijke, baar, bare, ig, ige, heid, heden, schap, loos, loze, ie, ies, or, oren, ant, anten, tje, tjes, je, jes, isch, ische",
  doubledConsonants: true,
  compounds: true,
  linkingElements: "s, en, e, n, -",
  separable:
    "af, aan, op, uit, bij, door, in, vrij, los, mee, na, om, over, terug, toe, vast, voor, weg, samen, verder, goed, stil, bezig",
  infinitive: "te",
  capitalisedNouns: false,
  clitics: "s, n, t, m",
  exclude:
    "zonder, behalve, uitgezonderd, exclusief, niet, geen, negeer, negeren, weglaten, laat weg, afgezien van, min, maar niet, nooit, overgeslagen, overslaan, buiten, uitsluiten, sluit uit, filter eruit, eruit",
  include:
    "alleen, enkel, slechts, uitsluitend, met, voor, in, uit, van, waar, bevat, bevatten, waaronder, inclusief, die met, beperkt tot, bij, te, naar, binnen, via, over",
  having: "met, die, bevatten, bevat, doorlopen, inclusief, hebben, hadden, waarin, waarbij, waar",
  questions:
    "wat, welke, welk, waarom, waardoor, hoe, waar, wie, wanneer, is, zijn, was, waren, heeft, hebben, had, hadden, zou, zouden, kan, kun, kunt, kunnen, moet, moeten, wordt, worden, waarvan, waarmee, waaraan, waarop, duurt, hoeveel, hoelang, hoevaak, waarheen, mag, mogen",
  groupBy:
    "per, naar, voor elke, voor elk, voor iedere, voor ieder, elke, elk, iedere, ieder, uitgesplitst naar, uitgesplitst per, opgesplitst naar, opgesplitst per, gegroepeerd per, gegroepeerd op, verdeeld naar, verdeeld over, onderverdeeld naar, afhankelijk van, over alle, tussen de",
  versus: "versus, vs, tegen, tegenover, ten opzichte van, vergeleken met, in vergelijking met, dan",
  rest: "de rest, de overige, de andere, de anderen, andere, anderen, alle andere, alle anderen, al het andere, overige, resterende",
  pronouns:
    "het, dat, dit, deze, die, ie, ze, ervan, daarvan, eraan, daaraan, ervoor, daarvoor, daar, hem, hetzelfde, erbij, daarbij, ermee, daarmee",
  superlatives:
    "slechtste, ergste, langzaamste, traagste, grootste, belangrijkste, langste, langst, bovenste, meeste, meest, zwakste, zwaarste, hoofd, hoogste, sterkste, voornaamste, nauwste, snelste, snelst, traagst, langzaamst, slechtst, best, hoogst, laagst, kortst, drukst",
  conjunctions:
    "en, dan, bovendien, anderzijds, ten tweede, ten derde, daarbij ook, verder nog, ook, daarnaast, plus, en dan, vervolgens, daarna, eveneens, verder, alsmede",
  requests:
    "toon, laat, geef, noem, som, lijst, zeg, vertel, wat, welke, welk, waarom, hoe, waar, wie, wanneer, ontwerp, vergelijk, simuleer, publiceer, bewaak, exporteer, teken, verklaar, leg, stel, vind, zoek, optimaliseer, verbeter, is, zijn, kan, kun, waarschuw, alarmeer, dan, maak, test, controleer, check, beschrijf, vat, adviseer, schrijf, bereken, filter, meld, bekijk, hoeveel",
  choosing:
    "neem, gebruik, pak, kies, wissel, wissel naar, ga naar, schakel over naar, open, werk met, ga verder met, verder met, bekijk, bedoel, bedoelde, ik bedoel, ik bedoelde, dat",
  yesNo:
    "is, zijn, was, waren, heeft, hebben, wordt, worden, wachten, wacht, duurt, duren, kost, kosten, klopt",
  comparatives:
    "langer, langzamer, trager, sneller, slechter, erger, beter, korter, later, hoger, lager, vroeger, eerder, soepeler, vlotter, vaker",
  ranks:
    "ranglijst, ranking, rangschik, rangorde, slechtste, slechtst, beste, best, luiste, lui, luie, onderpresteerder, topper, langzaamste, langzaamst, traagste, traagst, snelste, snelst",
  picks: "wie, wiens, welke, welk, naam, namen, noem, lijst, meeste, minste, per, elke, elk, top",
  conditions: "als, wanneer, indien, zodra, elke, elk, iedere, ieder, alle, behalve, tenzij, altijd",
  indefinite: "een, één",
  possessives: "onze, ons, mijn, jouw, je, uw, jullie, hun, haar",
};
