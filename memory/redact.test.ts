import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPseudonyms } from "./redact.ts";

const key = new Uint8Array(32).fill(7);
const names = ["Anna Schmidt", "Jean-Pierre Dubois", "Zoë", "山田太郎", "clerk 12", "4711", "Mark Will"];
const make = (tenant = "t") => createPseudonyms({ key, tenant, names, common: ["Credit check", "Will"] });

describe("pseudonyms", () => {
  it("stand for names, parts of names, e-mail addresses and telephone numbers, and lead back", () => {
    const pseudonyms = make();
    const text =
      "anna schmidt and Schmidt wrote to Zoë (zoe.k@example.org, +49 30 901820) about 山田太郎さん, as Clerk 12 did.";
    const hidden = pseudonyms.hide(text);
    for (const name of ["anna", "schmidt", "zoë", "example", "901820", "山田", "clerk"])
      expect(hidden.toLowerCase()).not.toContain(name);
    const back = pseudonyms.restore(hidden);
    expect(back.toLowerCase()).toBe(text.toLowerCase());
  });

  it("leave words, numbers, dates and ids as they are", () => {
    const text =
      "Case 4711 took 12.5 h on 2026-03-02 10:00, will it mark 1,000,000 EUR? Credit check: 17 clerks.";
    expect(make().hide(text)).toBe(text);
  });

  it.each([
    "Anna Schmidtさんの案件はどれですか",
    "担当はAnna Schmidtです",
    "Anna Schmidt的案件有哪些",
    "ANNA SCHMIDT",
    "SCHMIDT is late",
    "Anna\u00a0Schmidt and anna\u2003schmidt",
    "Anna\nSchmidt",
    "Ａｎｎａ　Ｓｃｈｍｉｄｔ",
    "Anna_Schmidt",
    "Anna\u200bSchmidt",
  ])("stand for a name however it is written and whatever stands beside it: %s", (text) => {
    const pseudonyms = make();
    const hidden = pseudonyms.hide(text);
    expect(hidden.normalize("NFKC").toLowerCase()).not.toMatch(/anna|schmidt/u);
    expect(pseudonyms.restore(hidden).normalize("NFKC").replace(/\s/gu, " ").toLowerCase()).toContain(
      "schmidt",
    );
  });

  it("leave abbreviations and longer words that begin like a name", () => {
    const text = "WILL and MARK, Schmidtchen, Zoëlle";
    expect(createPseudonyms({ key, tenant: "t", names: ["Zoë", "Anna Schmidt", "Max Ma"] }).hide(text)).toBe(
      text,
    );
  });

  it("are the same in every turn, others for every tenant, and say nothing of the name without the key", () => {
    expect(make().hide("Zoë")).toBe(make().hide("zoë"));
    expect(make("t").hide("Zoë")).not.toBe(make("u").hide("Zoë"));
    const other = createPseudonyms({ key: new Uint8Array(32).fill(8), tenant: "t", names });
    expect(other.hide("Zoë")).not.toBe(make().hide("Zoë"));
    expect(other.restore(make().hide("Zoë"))).not.toContain("Zoë");
  });

  it("can be hidden twice: what is hidden has nothing to hide", () => {
    const pseudonyms = make();
    const once = pseudonyms.hide("Anna Schmidt, zoe@example.org");
    expect(pseudonyms.hide(once)).toBe(once);
  });

  it("never let a known name through, in whatever text it stands, and always lead back", () => {
    const name = fc
      .tuple(fc.stringMatching(/^[A-Z][a-z]{3,9}$/), fc.stringMatching(/^[A-Z][a-z]{3,9}$/))
      .map(([first, last]) => `${first} ${last}`);
    const filler = fc.stringMatching(/^[ .,;:!?()"'\n-]{1,4}$/);
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 5 }),
        fc.array(filler, { minLength: 6, maxLength: 6 }),
        (known, gaps) => {
          const pseudonyms = createPseudonyms({ key, tenant: "t", names: known });
          const text = known.map((one, at) => gaps[at % gaps.length] + one).join(" ");
          const hidden = pseudonyms.hide(text);
          for (const one of known) for (const part of one.split(" ")) expect(hidden).not.toContain(part);
          expect(pseudonyms.restore(hidden)).toBe(text);
        },
      ),
    );
  });
});
