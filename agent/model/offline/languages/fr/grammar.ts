import type { Grammar } from "../language.ts";
import { concepts } from "./concepts.ts";
import { profile } from "./profile.ts";
import { words } from "./words.ts";

/** French. */
export const grammar: Grammar = {
  ...profile,
  ...words,
  concepts,
  endings: [
    ["isations", "is", 3],
    ["isation", "is", 3],
    ["issements", "iss", 3],
    ["issement", "iss", 3],
    ["tions", "tion", 0],
    ["tion", "tion", 0],
    ["sions", "sion", 0],
    ["sion", "sion", 0],
    ["aisons", "aison", 1],
    ["aison", "aison", 1],
    ["eaux", "eau", 2],
    ["aux", "al", 3],
    ["euses", "eu", 3],
    ["euse", "eu", 3],
    ["eux", "eu", 3],
    ["ives", "if", 3],
    ["ive", "if", 3],
    ["ments", "ment", 2],
    ["ment", "ment", 2],
    ["antes", "ant", 3],
    ["ante", "ant", 3],
    ["ants", "ant", 3],
    ["aient", "", 4],
    ["ions", "", 4],
    ["ents", "ent", 3],
    ["ees", "", 3],
    ["ons", "", 4],
    ["ent", "", 5],
    ["ais", "", 5],
    ["ait", "", 5],
    ["ers", "", 4],
    ["ere", "er", 3],
    ["eres", "er", 3],
    ["ez", "", 4],
    ["er", "", 4],
    ["ee", "", 3],
    ["es", "", 3],
    ["x", "", 4],
    ["s", "", 3],
    ["e", "", 3],
  ],
  derivations:
    "tion, tions, ment, ments, eur, euse, eurs, age, ages, able, ables, ité, ités, if, ive, iste, isme, ance, ances, ence, ant, ante, ique, iques",
  distinct:
    "donne, donnes, donnez, donner, entre, sommes, suis, pointe, bas, train, coup, mets, prends, prenez, bouclée, bouclées, mais, ouvrées, ouvrés",
  accented: "bouclé, bouclés",
  doubledConsonants: false,
  compounds: false,
  linkingElements: "",
  capitalisedNouns: false,
  clitics: "",
  exclude:
    "sans, sauf, hors, excepté, à l'exception de, à l'exception des, à l'exclusion de, à l'exclusion des, exclure, exclus, exclut, excluant, en excluant, ignore, ignorer, mis à part, à part, moins ceux, moins celles, moins les, mais pas, pas, jamais, ne comptez pas, ne compte pas, sans compter, retire, enlève, filtre hors",
  include:
    "seulement, uniquement, que, avec, pour, en, au, aux, dans, de, du, des, où, contenant, contient, y compris, incluant, limité à, juste, rien que, chez, à, par",
  having:
    "avec, contenant, contient, contiennent, passant par, passent par, qui passent par, ayant, qui ont, y compris, incluant, où, dans lesquels, dans lesquelles",
  questions:
    "que, qu, quoi, pk, quel, quelle, quels, quelles, pourquoi, comment, où, qui, quand, combien, est, sont, était, étaient, a, ont, avons, avez, serait, seraient, pourrait, peut, peux, pouvez, doit, doivent, devrait, faut, y, lequel, laquelle, lesquels, lesquelles",
  groupBy:
    "par, selon, pour chaque, pour chacun, pour chacune, chaque, réparti par, répartis par, réparties par, ventilé par, ventilée par, ventile par, groupé par, regroupé par, décomposé par, en fonction de, en fonction du, suivant, à travers, entre les, d'un à l'autre, détaillé par",
  versus: "versus, vs, contre, par rapport à, par rapport au, comparé à, comparé au, que, face à",
  rest: "le reste, les autres, du reste, des autres, aux autres, tous les autres, toutes les autres, les restants, autres",
  pronouns:
    "ça, cela, ceci, ce, celui-ci, celle-ci, ceux-ci, il, elle, ils, elles, y, là, leur, lui, celui-là",
  superlatives:
    "pire, pires, plus lent, plus lente, plus lents, plus lentes, plus grand, plus grande, plus grands, plus gros, plus grosse, plus important, plus importante, plus long, plus longue, principal, principale, principaux, premier, premiers, plus mauvais, plus élevé, plus fort, majeur",
  conjunctions:
    "et, puis, ensuite, aussi, ainsi que, plus, et puis, également, et ensuite, de plus, en plus, tant que tu y es, pendant que tu y es, tant que vous y êtes, au passage, par la même occasion, dans la foulée, et dans la foulée",
  requests:
    "compte, comptez, montre, montrez, donne, donnez, dis, dites, liste, listez, quel, quelle, quels, quelles, pourquoi, comment, où, qui, quand, combien, ébauche, rédige, compare, comparez, simule, simulez, publie, publiez, surveille, surveillez, exporte, exportez, dessine, explique, expliquez, propose, proposez, trouve, trouvez, optimise, optimisez, améliore, est, sont, peux, alerte, préviens, prévenez, avertis, puis, fais, faites, teste, testez, vérifie, vérifiez, décris, décrivez, résume, résumez, recommande, écris, crée, créez, calcule, calculez, filtre, filtrez, que, qu, notifie, affiche, affichez, suggère, sors, sortez, extrais, génère, générez, établis, dresse, découvre, présente, envoie",
  choosing:
    "prends, prenez, utilise, utilisez, passe à, passe au, passez à, ouvre, ouvrez, choisis, choisissez, travaille avec, travaille sur, va à, va sur, continue avec, regarde, regardez, je parle de, je veux dire, celui de",
  yesNo: "est, sont, était, étaient, a, ont, va, vont, dure, durent, attendent, prend, faut",
  comparatives:
    "plus long, plus longue, plus longs, plus longues, plus lent, plus lente, plus lents, plus lentes, plus rapide, plus rapides, plus vite, pire, mieux, meilleur, meilleure, plus court, plus courte, plus tard, plus élevé, plus élevée, plus bas, plus tôt, plus fluide, plus souvent, plus fréquent",
  ranks:
    "classement, classe, palmarès, pire, pires, meilleur, meilleure, meilleurs, fainéant, paresseux, plus lent, plus lente, plus lents, plus rapide, plus rapides, plus mauvais, top, incompétent",
  picks:
    "qui, lequel, laquelle, quel, quelle, quels, quelles, nom, noms, nommément, nomme, liste, plus, moins, par, chaque, top",
  conditions:
    "si, quand, lorsque, dès que, chaque, toute, tout, tous, toutes, sauf, toujours, chaque fois que",
  indefinite: "un, une, d'un, d'une",
  possessives: "notre, nos, mon, ma, mes, ton, ta, tes, votre, vos, leur, leurs, son, sa, ses",
};
