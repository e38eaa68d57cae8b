import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const planOf = (text: string) => analyse(text, sampleBriefing(text, "order-to-cash"));

describe("figures of spread", () => {
  it.each([
    "what is the standard deviation of the cycle time?",
    "mean and std dev of waiting times",
    "wie hoch ist die Standardabweichung der Durchlaufzeit?",
    "quel est l'écart-type du délai ?",
    "¿cuál es la desviación típica de la duración?",
    "qual o desvio padrão da duração?",
    "la deviazione standard della durata, per favore",
    "wat is de standaardafwijking van de doorlooptijd?",
    "jakie jest odchylenie standardowe czasu realizacji?",
    "処理時間の標準偏差は？",
    "周期时间的标准差是多少？",
  ])("are said to be out of reach, and no other statistic is given for them: %s", (text) => {
    expect(planOf(text)).toMatchObject({ kind: "say", say: "cannot" });
  });

  it.each(["which cases deviate from the usual path?", "quels écarts par type d'écart ?"])(
    "are not meant by other deviations: %s",
    (text) => {
      const plan = planOf(text);
      expect(plan.kind === "say" && plan.said.headline.values?.["ability"]).not.toBe(
        "work out standard deviations and variances",
      );
    },
  );
});

describe("quantities that no log has of itself", () => {
  it.each([
    "qual è il tasso d'interesse medio dei prestiti erogati?",
    "comment évolue la satisfaction des clients depuis mars ?",
    "¿cuánto pagamos de flete por pedido, en promedio?",
    "wie hoch ist der durchschnittliche Zinssatz?",
    "how much overtime did we pay in May?",
    "上个季度客服的加班费一共花了多少",
    "le CA par fournisseur stp",
  ])("are said not to be there, whatever step their words are like: %s", (text) => {
    expect(planOf(text)).toMatchObject({ kind: "say", say: "cannot" });
  });

  it.each(["tasso di riapertura dei ticket", "quelle part des commandes ?"])(
    "are asked about where a share has nothing to be of: %s",
    (text) => {
      expect(planOf(text)).toMatchObject({ kind: "say" });
    },
  );
});
