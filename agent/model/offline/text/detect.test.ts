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
  ])("of %s is %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it("is the thread's where the words do not say", () => {
    expect(codeOf("ok", "de")).toBe("de");
    expect(codeOf("Credit check", "de")).toBe("de");
    expect(codeOf("p90", "de")).toBe("de");
    expect(codeOf("Germany", "de")).toBe("de");
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
