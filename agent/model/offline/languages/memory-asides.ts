/** Words around what is to be remembered that are no part of it: data, one entry a language, in small letters. */

export interface MemoryAsides {
  /** Before it: "by the way". */
  readonly aside: readonly string[];
  /** For how long, which is for good anyway. */
  readonly durably: readonly string[];
  /** Behind a term: whose word it is. */
  readonly ours: readonly string[];
}

const list = (words: string): readonly string[] => words.split(", ");

export const memoryAsides: Readonly<Record<string, MemoryAsides>> = {
  en: {
    aside: list(
      "by the way, btw, fyi, just so you know, for your information, one more thing, oh and, oh, note, also",
    ),
    durably: list(
      "for good, permanently, forever, for ever, once and for all, from now on, for the future, in future",
    ),
    ours: list("for me, for us, to me, to us, here, with us, in our team, in our company"),
  },
  de: {
    aside: list("übrigens, nebenbei, nur damit du es weißt, zur info, nur zur info, noch etwas, ach ja, ach"),
    durably: list(
      "dauerhaft, für immer, auf dauer, ab jetzt, ab sofort, von jetzt an, künftig, in zukunft, für die zukunft",
    ),
    ours: list("bei uns, für uns, für mich, hier, bei uns im haus, in unserem team"),
  },
  fr: {
    aside: list(
      "au fait, à propos, pour info, pour information, soit dit en passant, encore une chose, ah oui",
    ),
    durably: list(
      "pour de bon, pour toujours, définitivement, durablement, désormais, dorénavant, à l'avenir",
    ),
    ours: list("pour moi, pour nous, chez nous, ici, dans notre équipe"),
  },
  es: {
    aside: list("por cierto, a propósito, para que lo sepas, para tu información, otra cosa, ah"),
    durably: list(
      "para siempre, de forma permanente, permanentemente, definitivamente, desde ahora, de ahora en adelante, en adelante",
    ),
    ours: list("para mí, para nosotros, para nosotras, aquí, en nuestro equipo"),
  },
  it: {
    aside: list("a proposito, comunque, per tua informazione, tanto per dire, un'altra cosa, ah"),
    durably: list("per sempre, definitivamente, in modo permanente, d'ora in poi, da ora in poi, in futuro"),
    ours: list("per me, per noi, da noi, qui, nel nostro team"),
  },
  pt: {
    aside: list("a propósito, já agora, aliás, para tua informação, só para saberes, mais uma coisa, ah"),
    durably: list(
      "para sempre, de vez, permanentemente, definitivamente, a partir de agora, de agora em diante, no futuro",
    ),
    ours: list("para mim, para nós, para a gente, aqui, na nossa equipe, na nossa equipa"),
  },
  nl: {
    aside: list("trouwens, overigens, tussen haakjes, ter info, voor de duidelijkheid, nog iets, o ja"),
    durably: list(
      "voorgoed, voor altijd, blijvend, permanent, vanaf nu, voortaan, in het vervolg, voor de toekomst",
    ),
    ours: list("bij ons, voor ons, voor mij, hier, in ons team"),
  },
  pl: {
    aside: list(
      "przy okazji, nawiasem mówiąc, a propos, dla informacji, tak na marginesie, jeszcze jedno, aha",
    ),
    durably: list("na stałe, na zawsze, trwale, od teraz, na przyszłość, w przyszłości"),
    ours: list("u nas, dla nas, dla mnie, tutaj, w naszym zespole"),
  },
  ja: {
    aside: list("ちなみに、, ちなみに, ところで、, ところで, 余談ですが、, 補足ですが、"),
    durably: list("ずっと, 永続的に"),
    ours: list("私にとって, 当社では, うちでは"),
  },
  zh: {
    aside: list("顺便说一下，, 顺便说一下, 顺便说，, 顺便提一下，, 对了，, 对了, 另外，"),
    durably: list("永久, 永远, 长期"),
    ours: list("对我来说, 对我们来说, 在我们这里, 我们这里"),
  },
};
