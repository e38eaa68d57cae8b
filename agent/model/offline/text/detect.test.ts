import { describe, expect, it } from "vitest";
import { orders } from "../fixtures/briefing.ts";
import { detectLanguage } from "./detect.ts";

const codeOf = (text: string, prior: string | null = null): string =>
  detectLanguage(text, prior, orders).code;

describe("the language of a text", () => {
  it.each([
    ["wie lange dauert der Credit check im Schnitt?", "de"],
    ["wo verlieren wir Zeit?", "de"],
    ["Bonitatsprufung dauert zu lange", "de"],
    ["how long does the Credit check take?", "en"],
    ["Credit check", "en"],
    ["only Germany", "en"],
    ["Cycle Time im Mai?", "de"],
    ["throughput en mayo", "es"],
    ["rework w maju", "pl"],
    ["cycle time in May", "en"],
    ["ok", "en"],
    ["42", "en"],
    ["ist alles up and running?", "de"],
    ["super merci, nice job", "fr"],
    ["gracias, great", "es"],
    ["bedankt, nice", "nl"],
    ["show the top 5 variants", "en"],
  ])("of %s is %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it("is the thread's where the words do not say", () => {
    expect(codeOf("ok", "de")).toBe("de");
    expect(codeOf("Credit check", "de")).toBe("de");
    expect(codeOf("p90", "de")).toBe("de");
    expect(codeOf("Germany", "de")).toBe("de");
  });

  it("is not English where a word is another language's and no English one", () => {
    expect(codeOf("top 5 variantes")).not.toBe("en");
    expect(codeOf("top 5 variantes", "pt")).toBe("pt");
    expect(codeOf("Está atrasado?", "pt")).toBe("pt");
    expect(codeOf("show the top 5 variants", "pt")).toBe("en");
  });

  it("changes when the person does", () => {
    expect(codeOf("and where do we wait?", "de")).toBe("en");
    expect(codeOf("und wo warten wir?", "en")).toBe("de");
  });

  it("is not that of what is pasted behind the words", () => {
    const pasted = JSON.stringify({ resumen: "todos los pedidos", ruta: "de la tienda a la puerta" });
    expect(codeOf(`import ${pasted}`)).toBe("en");
  });

  it("is not that of a quotation", () => {
    expect(codeOf('how long is "der Auftrag ist noch nicht bei uns"?')).toBe("en");
  });
});
