import type { Grammar } from "../language.ts";
import { concepts } from "./concepts.ts";
import { profile } from "./profile.ts";
import { words } from "./words.ts";

/** Portuguese, as it is said in Brazil and in Portugal. */
export const grammar: Grammar = {
  ...profile,
  ...words,
  concepts,
  endings: [
    ["uanto", "uanto", 1],
    ["izacoes", "iz", 3],
    ["izacao", "iz", 3],
    ["coes", "cao", 1],
    ["soes", "sao", 1],
    ["oes", "ao", 2],
    ["aes", "ao", 2],
    ["amentos", "ament", 2],
    ["imentos", "iment", 2],
    ["mente", "", 4],
    ["ando", "", 4],
    ["endo", "", 4],
    ["indo", "", 4],
    ["ados", "ad", 3],
    ["adas", "ad", 3],
    ["ado", "ad", 3],
    ["ada", "ad", 3],
    ["idos", "id", 3],
    ["idas", "id", 3],
    ["ido", "id", 3],
    ["ida", "id", 3],
    ["ades", "ad", 3],
    ["ade", "ad", 3],
    ["aram", "", 4],
    ["eram", "", 4],
    ["iram", "", 4],
    ["amos", "", 4],
    ["emos", "", 4],
    ["imos", "", 4],
    ["ores", "or", 3],
    ["ais", "al", 3],
    ["eis", "el", 3],
    ["ens", "em", 3],
    ["zes", "z", 3],
    ["am", "", 4],
    ["em", "", 4],
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
    "ção, ções, mento, mentos, dor, dora, dores, ada, ado, ável, áveis, idade, idades, ivo, iva, ista, ismo, ança, ência, ante, eiro, eira, oso, osa",
  doubledConsonants: false,
  compounds: false,
  linkingElements: "",
  capitalisedNouns: false,
  clitics: "",
  enclitic:
    "\\p{L}{3,}-(?:m|lh|[ln])?[oa]s?(?: (?:melhor|bem|todos|todas|outra vez|de novo|agora|por favor|mais))?",
  exclude:
    "sem, salvo, exceto, excepto, menos, à exceção de, com exceção de, exclui, excluir, excluindo, exclua, ignora, ignorando, ignore, além de não, deixando de fora, deixa de fora, mas não, não, nunca, sem contar, não contes, não conte, tira, descarta, descartando, fora",
  include:
    "só, somente, apenas, unicamente, com, para, em, no, na, nos, nas, de, do, da, onde, que contêm, contém, incluindo, incluído, limitado a, por",
  having:
    "com, que contêm, contém, contêm, que passam por, passam por, que têm, que tenham, incluindo, nos quais, nas quais, em que, onde, que tiveram",
  questions:
    "o que, que, qual, quais, por que, porque, porquê, como, onde, aonde, quem, quando, quanto, quanta, quantos, quantas, é, são, era, eram, foi, está, estão, há, tem, têm, temos, poderia, pode, posso, deve, deveria, será",
  groupBy:
    "por, segundo, conforme o, por cada, para cada, cada, detalhado por, dividido por, agrupado por, repartido por, separado por, em função de, em função do, dependendo de, dependendo do, através de, entre as, entre os",
  versus:
    "versus, vs, contra, frente a, em relação a, em relação ao, comparado com, comparado a, do que, que, com",
  rest: "o resto, os demais, as demais, os outros, as outras, do resto, todos os outros, todo o resto, os restantes, outros, outras",
  pronouns:
    "isso, isto, este, esta, estes, estas, esse, essa, ele, ela, eles, elas, aí, lá, disso, disto, nisso, o mesmo",
  superlatives:
    "pior, piores, mais lento, mais lenta, mais lentos, mais lentas, maior, maiores, mais importante, mais importantes, mais longo, mais longa, principal, principais, primeiro, primeiros, mais alto, mais forte, mais fraco",
  conjunctions: "e, depois, além disso, também, assim como, mais, e depois, em seguida, e também",
  requests:
    "mostra, mostre, me mostra, me mostre, dá, dê, me dá, me dê, me passa, me passe, passa-me, roda, rode, rodar, preciso saber, quero saber, diz, diga, me diz, me diga, diz-me, lista, liste, enumera, o que, qual, quais, por que, porque, como, onde, quem, quando, quantos, quantas, quanto, esboça, esboce, compara, compare, simula, simule, publica, publique, vigia, monitora, monitore, exporta, exporte, desenha, desenhe, explica, explique, propõe, proponha, sugere, sugira, encontra, encontre, procura, otimiza, otimize, melhora, melhore, é, são, podes, pode, alerta, avisa, avise, depois, faz, faça, testa, teste, verifica, verifique, descreve, descreva, resume, resuma, recomenda, recomende, escreve, cria, crie, calcula, calcule, filtra, filtre, notifica, notifique",
  choosing:
    "usa, use, utiliza, utilize, toma, pega, pegue, muda para, mude para, passa para, abre, abra, escolhe, escolha, trabalha com, trabalhe com, vai para, vá para, continua com, continue com, olha, olhe, quero dizer, estou a falar de, estou falando de, refiro-me a, o de",
  yesNo: "é, são, era, eram, está, estão, há, vai, vão, demora, demoram, esperam",
  distinct: "passo, passos, como",
  subjectless: "está, é, vai, era, foi, continua, estava, anda, tá, melhorou, piorou",
  comparatives:
    "mais longo, mais longa, mais longos, mais longas, mais lento, mais lenta, mais lentos, mais lentas, mais rápido, mais rápida, mais rápidos, mais rápidas, pior, melhor, mais curto, mais curta, mais tarde, mais alto, mais alta, mais baixo, mais baixa, mais cedo, mais fluido, mais vezes, mais frequente",
  ranks:
    "ranking, classificação, pior, piores, melhor, melhores, preguiçoso, preguiçosa, mais lento, mais lenta, mais lentos, mais rápido, mais rápida, top, incompetente",
  picks: "quem, qual, quais, que, nome, nomes, nomeia, lista, mais, menos, por, cada, top",
  conditions:
    "se, quando, assim que, logo que, cada, todo, toda, todos, todas, salvo, sempre, sempre que, toda vez que, cada vez que",
  indefinite: "um, uma",
  possessives: "nosso, nossa, nossos, nossas, meu, minha, meus, minhas, teu, tua, seu, sua, seus, suas",
};
