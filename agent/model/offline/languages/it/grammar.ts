import type { Grammar } from "../language.ts";
import { concepts } from "./concepts.ts";
import { profile } from "./profile.ts";
import { words } from "./words.ts";

/** Italian. */
export const grammar: Grammar = {
  ...profile,
  ...words,
  concepts,
  endings: [
    ["ediana", "edian", 1],
    ["ediano", "edian", 1],
    ["ediani", "edian", 1],
    ["ediane", "edian", 1],
    ["uanto", "uanto", 1],
    ["uanta", "uanto", 1],
    ["izzazioni", "izz", 3],
    ["izzazione", "izz", 3],
    ["zioni", "zion", 1],
    ["zione", "zion", 1],
    ["sioni", "sion", 1],
    ["sione", "sion", 1],
    ["amenti", "ament", 2],
    ["amento", "ament", 2],
    ["imenti", "iment", 2],
    ["imento", "iment", 2],
    ["mente", "", 4],
    ["ando", "", 4],
    ["endo", "", 4],
    ["ati", "at", 3],
    ["ate", "at", 3],
    ["ato", "at", 3],
    ["ata", "at", 3],
    ["uti", "ut", 3],
    ["ute", "ut", 3],
    ["uto", "ut", 3],
    ["uta", "ut", 3],
    ["iti", "it", 3],
    ["ite", "it", 3],
    ["ito", "it", 3],
    ["ita", "it", 3],
    ["iamo", "", 4],
    ["ano", "", 4],
    ["ono", "", 4],
    ["are", "", 4],
    ["ere", "", 4],
    ["ire", "", 4],
    ["che", "c", 3],
    ["chi", "c", 3],
    ["ghe", "g", 3],
    ["ghi", "g", 3],
    ["ca", "c", 3],
    ["co", "c", 3],
    ["ci", "c", 3],
    ["ga", "g", 3],
    ["go", "g", 3],
    ["ie", "i", 3],
    ["ia", "i", 3],
    ["io", "i", 3],
    ["a", "", 3],
    ["e", "", 3],
    ["i", "", 3],
    ["o", "", 3],
  ],
  derivations:
    "zione, zioni, mento, menti, tore, trice, tori, ato, ata, abile, abili, ità, ivo, iva, ista, ismo, anza, enza, ante, iere, iera, oso, osa",
  distinct:
    "data, date, passa, passano, passare, punto, punta, partono, partire, seconda, individua, individuare, colpo, così, ordina, ordinare, reso, resi, dici, dico",
  doubledConsonants: false,
  compounds: false,
  linkingElements: "",
  capitalisedNouns: false,
  clitics: "",
  enclitic:
    "(?:mostra|elenca|dam|fam|dim|confronta|paragona|spiega|apri|conta|ordina)(?:me|ce)?l[ioea](?: vedere| meglio| tutti| tutte| di nuovo| ancora| adesso| per favore)?",
  exclude:
    "senza, salvo, eccetto, tranne, meno quelli, meno quelle, a eccezione di, ad eccezione di, escluso, esclusa, esclusi, escluse, escludi, escludere, escludendo, ignora, ignorando, a parte, lasciando fuori, lascia fuori, ma non, non, mai, senza contare, non contare, togli, scarta, scartando",
  include:
    "solo, soltanto, solamente, unicamente, con, per, in, nel, nella, nei, nelle, di, del, della, dove, che contengono, contiene, incluso, inclusi, limitato a, a",
  having:
    "con, che contengono, contiene, contengono, che passano per, passano per, che passano da, che hanno, inclusi, nelle quali, nei quali, in cui, dove, che hanno avuto",
  questions:
    "che, che cosa, cosa, quale, quali, qual, perché, xché, xké, xke, come, dove, chi, quando, quanto, quanta, quanti, quante, è, sono, era, erano, ha, hanno, c, ci, potrebbe, può, puoi, posso, deve, dovrebbe, sarebbe, abbiamo",
  groupBy:
    "per, secondo, per ogni, ogni, suddiviso per, suddivisa per, diviso per, raggruppato per, ripartito per, separato per, in base a, in base al, in funzione di, a seconda di, a seconda del, tra le, tra i, dettagliato per",
  versus:
    "versus, vs, contro, rispetto a, rispetto al, rispetto alla, confrontato con, di, con, meno dei, meno degli, meno delle, più dei, più degli, più delle",
  rest: "il resto, gli altri, le altre, degli altri, tutti gli altri, tutto il resto, i restanti, le restanti, altri, altre",
  pronouns: "questo, ciò, quello, questa, questi, queste, esso, essa, essi, esse, ne, lo stesso, lo",
  superlatives:
    "peggiore, peggiori, più lento, più lenta, più lenti, più lente, più grande, più grandi, maggiore, maggiori, più importante, più importanti, più lungo, più lunga, principale, principali, più alto, più forte, più debole",
  conjunctions:
    "e, ed, poi, inoltre, anche, nonché, più, e poi, dopodiché, quindi, e anche, già che ci sei, già che ci siamo, visto che ci sei, intanto che ci sei, con l'occasione, già che ci siete, e già che ci sei",
  requests:
    "mostra, mostrami, dammi, dimmi, di, elenca, che, cosa, quale, quali, perché, come, dove, chi, quando, quanti, quante, quanto, abbozza, confronta, simula, pubblica, sorveglia, monitora, esporta, disegna, spiega, proponi, suggerisci, trova, cerca, ottimizza, migliora, è, sono, puoi, avvisa, avvisami, poi, fai, fammi, prova, testa, verifica, controlla, descrivi, riassumi, raccomanda, consiglia, scrivi, crea, calcola, filtra, notifica, estrai, genera, presenta, stila, scopri, ricava, visualizza, tira fuori, fornisci",
  choosing:
    "usa, usi, utilizza, prendi, prenda, passa a, passa al, apri, apra, scegli, scelga, lavora con, vai a, vai su, continua con, guarda, intendo, parlo di, mi riferisco a, quello di",
  yesNo: "è, sono, era, erano, ha, hanno, c, va, vanno, dura, durano, attendono, serve",
  comparatives:
    "più lungo, più lunga, più lunghi, più lunghe, più lento, più lenta, più lenti, più lente, più veloce, più veloci, più rapido, più rapidi, peggio, peggiore, meglio, migliore, più breve, più brevi, più tardi, più alto, più alta, più basso, più bassa, prima, più fluido, più spesso, più frequente",
  ranks:
    "classifica, graduatoria, peggiore, peggiori, migliore, migliori, fannullone, pigro, più lento, più lenta, più lenti, più veloce, top, incapace",
  picks: "chi, quale, quali, che, nome, nomi, nomina, elenca, più, meno, per, ogni, top",
  conditions:
    "se, quando, non appena, appena, ogni, tutto, tutta, tutti, tutte, salvo, sempre, ogni volta che",
  indefinite: "un, una, uno",
  subjectless: "è, sono, era, sta, va, sarà, resta",
  possessives: "nostro, nostra, nostri, nostre, mio, mia, miei, mie, tuo, tua, suo, sua, suoi, sue, loro",
};
