import type { Grammar } from "../language.ts";
import { concepts } from "./concepts.ts";
import { profile } from "./profile.ts";
import { words } from "./words.ts";

/** Spanish. */
export const grammar: Grammar = {
  ...profile,
  ...words,
  concepts,
  endings: [
    ["uanto", "uanto", 1],
    ["izaciones", "iz", 3],
    ["izacion", "iz", 3],
    ["ciones", "cion", 1],
    ["cion", "cion", 1],
    ["siones", "sion", 1],
    ["sion", "sion", 1],
    ["amientos", "amient", 2],
    ["imientos", "imient", 2],
    ["mente", "", 4],
    ["ando", "", 4],
    ["iendo", "", 4],
    ["ados", "ad", 3],
    ["adas", "ad", 3],
    ["ado", "ad", 3],
    ["ada", "ad", 3],
    ["idos", "id", 3],
    ["idas", "id", 3],
    ["ido", "id", 3],
    ["ida", "id", 3],
    ["ades", "ad", 3],
    ["aron", "", 4],
    ["ieron", "", 4],
    ["amos", "", 4],
    ["emos", "", 4],
    ["imos", "", 4],
    ["ores", "or", 3],
    ["ales", "al", 3],
    ["eles", "el", 3],
    ["iles", "il", 3],
    ["enes", "en", 3],
    ["ones", "on", 3],
    ["ices", "iz", 2],
    ["ces", "z", 3],
    ["an", "", 4],
    ["en", "", 4],
    ["ar", "", 4],
    ["er", "", 4],
    ["ir", "", 4],
    ["as", "", 3],
    ["os", "", 3],
    ["es", "", 3],
    ["a", "", 3],
    ["o", "", 3],
    ["e", "", 3],
    ["s", "", 4],
  ],
  derivations:
    "ción, ciones, miento, mientos, dor, dora, dores, ada, ado, able, ables, idad, idades, ivo, iva, ista, ismo, anza, encia, ante, ero, era, oso, osa",
  doubledConsonants: false,
  compounds: false,
  linkingElements: "",
  capitalisedNouns: false,
  clitics: "",
  enclitic:
    "\\p{L}*[áéíóú]\\p{L}{1,4}?(?:me|te|se|nos)?l[oa]s?(?: (?:mejor|bien|todo|otra vez|de nuevo|ahora|por favor|más|con detalle))?",
  exclude:
    "sin, salvo, excepto, menos, a excepción de, con excepción de, excluye, excluir, excluyendo, ignora, ignorando, aparte de, dejando fuera, deja fuera, pero no, no, nunca, sin contar, no cuentes, quita, descarta, descartando",
  include:
    "solo, sólo, solamente, únicamente, con, para, en, de, del, donde, que contengan, contiene, incluyendo, incluido, limitado a, nada más, nomás, a, por",
  having:
    "con, que contienen, contiene, contienen, que pasan por, pasan por, que tienen, que tengan, incluyendo, en los que, en las que, donde, que tuvieron",
  questions:
    "qué, que, cuál, cual, cuáles, cuales, por qué, cómo, como, dónde, donde, quién, quien, quiénes, cuándo, cuando, cuánto, cuánta, cuántos, cuántas, cuanto, cuantos, cuantas, es, son, era, eran, fue, está, están, ha, han, hay, hemos, podría, puede, puedes, puedo, debe, debería, tiene, se",
  groupBy:
    "por, según, por cada, para cada, cada, desglosado por, desglosada por, desglosa por, dividido por, agrupado por, repartido por, en función de, en función del, dependiendo de, a través de, entre las, entre los, separado por",
  versus: "versus, vs, contra, frente a, respecto a, comparado con, que, con",
  rest: "el resto, los demás, las demás, los otros, las otras, del resto, todos los demás, todo lo demás, los restantes, otros, otras",
  pronouns:
    "eso, esto, ello, este, esta, estos, estas, ese, esa, él, ella, ellos, ellas, ahí, allí, lo mismo, lo",
  superlatives:
    "peor, peores, más lento, más lenta, más lentos, más lentas, más grande, más grandes, mayor, mayores, más importante, más importantes, más largo, más larga, principal, principales, primero, primeros, más alto, más fuerte, más débil",
  conjunctions:
    "y, e, y además, y de paso, y ya de paso, de paso, luego, después, además, también, así como, más, y luego, y después, y también",
  requests:
    "muestra, muéstrame, mostrame, mostrá, dame, pásame, pasame, di, dime, decime, decí, contame, cuéntame, hazme, haceme, hacé, quiero saber, necesito saber, checa, chequea, revisa, corre, corré, lista, lístame, listame, enumera, qué, cuál, cuáles, por qué, cómo, dónde, quién, cuándo, cuántos, cuántas, cuánto, redacta, compara, simula, publica, vigila, exporta, dibuja, explica, explícame, propón, sugiere, encuentra, busca, optimiza, mejora, es, son, puedes, alerta, avísame, avisa, luego, haz, prueba, comprueba, verifica, describe, resume, recomienda, escribe, crea, calcula, filtra, notifica, enseña, enséñame",
  choosing:
    "usa, use, utiliza, toma, coge, cambia a, pasa a, abre, elige, escoge, trabaja con, ve a, vamos a, sigue con, continúa con, mira, quiero decir, hablo de, me refiero a, el de",
  yesNo: "es, son, era, eran, está, están, ha, han, va, van, tarda, tardan, esperan, hay",
  distinct: "tarde, préstamo, préstamos, paso, pasos, baja, bajas",
  subjectless: "está, es, va, ha, era, fue, sigue, estaba",
  comparatives:
    "más largo, más larga, más largos, más largas, más lento, más lenta, más lentos, más lentas, más rápido, más rápida, más rápidos, más rápidas, peor, mejor, más corto, más corta, más tarde, más alto, más alta, más bajo, más baja, antes, más fluido, más a menudo, más frecuente",
  ranks:
    "ranking, clasificación, peor, peores, mejor, mejores, vago, vaga, holgazán, más lento, más lenta, más lentos, más rápido, más rápida, top, flojo, floja",
  picks: "quién, quien, quiénes, cuál, cual, qué, nombre, nombres, nombra, lista, más, menos, por, cada, top",
  conditions:
    "si, cuando, en cuanto, cada, todo, toda, todos, todas, salvo, siempre, siempre que, cada vez que",
  indefinite: "un, una",
  possessives: "nuestro, nuestra, nuestros, nuestras, mi, mis, tu, tus, su, sus",
};
