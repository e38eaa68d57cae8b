/**
 * What a question may be led in by ("could you tell me …", "I would like to know …"): data, one entry a language. The
 * question is the same without it. `opens` may stand before it; `questions` must follow, so that "tell me when it is over
 * ten days" stays what it is.
 */

interface LeadIns {
  readonly opens: readonly string[];
  readonly leads: readonly string[];
  readonly questions: readonly string[];
}

export const leadIns: Readonly<Record<string, LeadIns>> = {
  en: {
    opens:
      "please, kindly, and, also, then, so, now, ok, okay, hi, hello, hey, quick question, one question, question".split(
        ", ",
      ),
    leads: [
      ..."tell me, tell us, show me, show us, let me know, let us know, find out, give me an idea".split(
        ", ",
      ),
      ..."can you tell me, could you tell me, can you please tell me, could you please tell me, would you tell me".split(
        ", ",
      ),
      ..."can you show me, could you show me, can you please show me, could you please show me".split(", "),
      ..."i want to know, i need to know, i would like to know, i'd like to know, i'd love to know".split(
        ", ",
      ),
      ..."i want to see, i need to see, i would like to see, i'd like to see, we want to know, we need to know".split(
        ", ",
      ),
      ..."i want to understand, i would like to understand, i'd like to understand, i am trying to understand".split(
        ", ",
      ),
      ..."i'm trying to understand, i'm trying to find out, i was wondering, i wonder, i am wondering, i'm wondering".split(
        ", ",
      ),
      ..."i am curious, i'm curious, do you know, do we know, any idea, it would be good to know".split(", "),
      ..."it would be great to know, would be great to know, it would be nice to know, would be good to know".split(
        ", ",
      ),
    ],
    questions: "where, which, why, how, what, who, whether".split(", "),
  },
  de: {
    opens: "bitte, und, auch, dann, also, so, ok, okay, hallo, hi, kurze frage, eine frage, frage".split(
      ", ",
    ),
    leads: [
      ..."sag mir, sag mir bitte, sagen sie mir, sagen sie mir bitte, zeig mir, zeig mir bitte, zeigen sie mir".split(
        ", ",
      ),
      ..."kannst du mir sagen, könnten sie mir sagen, können sie mir sagen, kannst du mir zeigen, weißt du".split(
        ", ",
      ),
      ..."ich möchte wissen, ich will wissen, ich würde gern wissen, ich würde gerne wissen, ich wüsste gern".split(
        ", ",
      ),
      ..."ich wüsste gerne, mich interessiert, mich würde interessieren, wissen wir, wir wollen wissen".split(
        ", ",
      ),
      ..."ich frage mich, ich muss wissen, ich möchte sehen, ich will sehen, ich möchte verstehen".split(
        ", ",
      ),
    ],
    questions:
      "wo, welche, welcher, welches, welchen, warum, wieso, weshalb, wie, was, wer, ob, woran, wodurch".split(
        ", ",
      ),
  },
  fr: {
    opens:
      "s'il te plaît, s'il vous plaît, et, aussi, alors, bonjour, salut, ok, petite question, une question".split(
        ", ",
      ),
    leads: [
      ..."dis-moi, dites-moi, dis moi, dites moi, montre-moi, montrez-moi, peux-tu me dire, pouvez-vous me dire".split(
        ", ",
      ),
      ..."tu peux me dire, vous pouvez me dire, pourriez-vous me dire, je veux savoir, je voudrais savoir".split(
        ", ",
      ),
      ..."j'aimerais savoir, je souhaite savoir, je me demande, sais-tu, savez-vous, on voudrait savoir".split(
        ", ",
      ),
    ],
    questions:
      "où, quel, quelle, quels, quelles, pourquoi, comment, combien, qui, si, ce qui, lequel, laquelle".split(
        ", ",
      ),
  },
  es: {
    opens: "por favor, y, también, entonces, hola, ok, una pregunta, oye".split(", "),
    leads: [
      ..."dime, dígame, muéstrame, muéstreme, enséñame, puedes decirme, me puedes decir, me podrías decir".split(
        ", ",
      ),
      ..."puede decirme, podría decirme, quiero saber, quisiera saber, me gustaría saber, necesito saber".split(
        ", ",
      ),
      ..."queremos saber, me pregunto, sabes, sabe usted, me interesa saber".split(", "),
    ],
    questions:
      "dónde, donde, qué, que, cuál, cuáles, por qué, cómo, cuánto, cuánta, cuántos, cuántas, quién, quiénes, si".split(
        ", ",
      ),
  },
  it: {
    opens: "per favore, per cortesia, e, anche, allora, ciao, buongiorno, ok, una domanda".split(", "),
    leads: [
      ..."dimmi, mi dica, mostrami, mi mostri, puoi dirmi, mi puoi dire, può dirmi, mi può dire, potresti dirmi".split(
        ", ",
      ),
      ..."potrebbe dirmi, voglio sapere, vorrei sapere, vorremmo sapere, mi piacerebbe sapere, mi chiedo".split(
        ", ",
      ),
      ..."devo sapere, mi interessa sapere, sai, sa dirmi, sai dirmi".split(", "),
    ],
    questions:
      "dove, quale, quali, qual, perché, come, cosa, che cosa, quanto, quanta, quanti, quante, chi, se".split(
        ", ",
      ),
  },
  pt: {
    opens: "por favor, e, também, então, olá, oi, ok, uma pergunta".split(", "),
    leads: [
      ..."diz-me, diga-me, me diz, me diga, mostra-me, me mostra, me mostre, podes dizer-me, pode me dizer".split(
        ", ",
      ),
      ..."pode dizer-me, você pode me dizer, poderia me dizer, quero saber, queria saber, gostaria de saber".split(
        ", ",
      ),
      ..."preciso saber, preciso de saber, queremos saber, sabes, sabe, pergunto-me, me pergunto".split(", "),
    ],
    questions:
      "onde, qual, quais, que, por que, porque, porquê, como, o que, quanto, quanta, quantos, quantas, quem, se".split(
        ", ",
      ),
  },
  nl: {
    opens: "alsjeblieft, alstublieft, graag, en, ook, dan, dus, hallo, hoi, ok, vraagje, korte vraag".split(
      ", ",
    ),
    leads: [
      ..."vertel me, vertel mij, zeg me, zeg mij, laat me zien, laat zien, laat me weten, toon me".split(
        ", ",
      ),
      ..."kun je me vertellen, kunt u mij vertellen, kan je me vertellen, kun je mij zeggen, ik wil weten".split(
        ", ",
      ),
      ..."ik wil graag weten, ik zou graag weten, ik zou willen weten, ik vraag me af, weet je, weet u".split(
        ", ",
      ),
      ..."we willen weten, ik moet weten, ik ben benieuwd".split(", "),
    ],
    questions: "waar, welke, welk, waarom, hoe, hoeveel, hoelang, wat, wie, of, waardoor".split(", "),
  },
  pl: {
    opens: "proszę, i, a, też, także, więc, cześć, dzień dobry, ok, pytanie, krótkie pytanie".split(", "),
    leads: [
      ..."powiedz mi, powiedz, proszę powiedzieć, pokaż mi, pokaż, proszę pokazać, możesz mi powiedzieć".split(
        ", ",
      ),
      ..."możesz powiedzieć, czy możesz mi powiedzieć, czy może mi pan powiedzieć, czy może mi pani powiedzieć".split(
        ", ",
      ),
      ..."chcę wiedzieć, chciałbym wiedzieć, chciałabym wiedzieć, chcielibyśmy wiedzieć, muszę wiedzieć".split(
        ", ",
      ),
      ..."zastanawiam się, czy wiesz, wiesz może, ciekawi mnie".split(", "),
    ],
    questions:
      "gdzie, który, która, które, którzy, dlaczego, czemu, jak, ile, ilu, co, kto, czy, jaki, jaka, jakie, skąd".split(
        ", ",
      ),
  },
};
