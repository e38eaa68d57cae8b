import { describe, expect, it } from "vitest";
import { alsoTranslated, fragment, translate } from "./translate.ts";
import { translateView } from "./translate-view.ts";

describe("a text of the product in German", () => {
  it.each([
    ["Mean waiting before {activity}", "Mittlere Wartezeit vor {activity}"],
    ["Mean waiting before Credit check", "Mittlere Wartezeit vor Credit check"],
    ["median cycle time", "Median der Durchlaufzeit"],
    ["why do we wait before Approve order?", "warum warten wir vor Approve order?"],
    [
      "Mean cycle time of cases where Send reminder happens, less that of the others",
      "Durchlaufzeit im Mittel: Fälle, für die „Send reminder geschieht“ gilt, abzüglich der anderen",
    ],
    ["what nobody has translated", "what nobody has translated"],
    [
      "cases that last far longer than the rest: Look at these cases; report medians, or filter by duration, if they are not the question.",
      expect.stringMatching(/^Fälle, die weit länger dauern als die übrigen: .*Mediane/u),
    ],
    ["cycle time (Ship order)", "Durchlaufzeit (Ship order)"],
  ])("%s", (text, german) => {
    expect(translate(text, "de")).toEqual(german);
  });

  it("parts no name in quotes that has words of ours in it", () => {
    expect(translate('why do we wait before "Resolve by specialist"?', "es")).toContain(
      '"Resolve by specialist"',
    );
  });

  it("leaves names of the log in holes as they are, also where a heading is called so", () => {
    expect(translate("Mean waiting before Model", "de")).toBe("Mittlere Wartezeit vor Model");
    expect(fragment("Begin", "de")).toBe("Begin");
  });

  it("changes headings of a table and no cell", () => {
    const view = {
      kind: "table" as const,
      title: "Where cases wait",
      columns: [{ key: "activity", label: "Activity", kind: "text" as const }],
      rows: [{ activity: "Model" }],
    };
    expect(translateView(view, "de")).toEqual({
      ...view,
      title: "Wo Fälle warten",
      columns: [{ ...view.columns[0], label: "Aktivität" }],
    });
    expect(translateView(view, "en")).toBe(view);
  });
});

describe("what a reply may say with numbers of a tool's own words", () => {
  const label = "Silhouette: how clearly the groups are apart, from -1 to 1";

  it("is those words in the reply's language too, longest first", () => {
    const texts = alsoTranslated([label, "2026-W35"], "nl");
    expect(texts).toContain(label);
    expect(texts).toContain(translate(label, "nl"));
    expect(texts.at(-1)).toBe("2026-W35");
  });

  it("is those words alone in English", () => {
    expect(alsoTranslated([label], "en")).toEqual([label]);
  });
});

describe("what a change's card says, in a reply", () => {
  const summary =
    "If order value > 500, then escalate: it would have hit 40 of 1500 cases of order-to-cash, 2 of them in the 30 days to 2026-11-12.";

  it.each([
    [
      "de",
      "Wenn order value > 500, dann escalate: hätte 40 von 1500 Fällen in order-to-cash getroffen, 2 davon in den 30 Tagen bis 2026-11-12.",
    ],
    [
      "ja",
      "order value > 500ならescalate：order-to-cashの1500件のうち40件が該当したはずで、うち2件は2026-11-12までの30日間です。",
    ],
    [
      "zh",
      "如果order value > 500，则escalate：order-to-cash的1500个案例中会命中40个，其中2个在截至2026-11-12的30天内。",
    ],
  ])("is a whole sentence of %s", (code, own) => {
    expect(fragment(summary, code)).toBe(own);
  });
});

describe("a clause of the catalogue that ends as a sentence", () => {
  it.each([
    ["fr", "{value} mesurés."],
    ["es", `${translate("{value} measured", "es")}.`],
    ["ja", `${translate("{value} measured", "ja")}。`],
  ])("is translated in %s", (code, own) => {
    expect(translate("{value} measured.", code)).toBe(own);
  });
});

describe("a day of the week in what is said", () => {
  it.each([
    ["de", "das erste Ereignis liegt auf einem Samstag"],
    ["fr", "le premier événement est un samedi"],
    ["ja", "最初のイベントは土曜日"],
  ])("is named as it is in %s", (code, own) => {
    expect(translate("the first event is on a Saturday", code)).toBe(own);
  });

  it("is no word of the log's: a step of that name stays", () => {
    expect(translate("Saturday happens", "de")).toBe("Saturday geschieht");
  });
});

it.each([
  ["de", "4. Dezember 2026 um 12:33"],
  ["ja", "2026年12月4日 12:33"],
])("a date is written as %s does", (code, own) => {
  expect(translate("4 December 2026 at 12:33", code)).toBe("4 December 2026 at 12:33");
  expect(fragment("4 December 2026 at 12:33", code)).toBe(own);
  expect(fragment("4 Things 2026", code)).toBe("4 Things 2026");
});

describe("the name of a figure", () => {
  it.each([
    ["es", "mean waiting time (Pay out)", "media de tiempo de espera (Pay out)"],
    ["pt", "p95 cycle time", "p95 de duração"],
    ["pt", "share of all cases, all cases", "parte de todos os casos, todos os casos"],
    ["es", "branch = Leipzig, with Reject application", "branch = Leipzig, con Reject application"],
  ])("is said in %s as a whole: %s", (code, text, own) => {
    expect(translate(text, code)).toBe(own);
  });

  it("is translated before what it is held against", () => {
    const text = "The {name} is {value}; {breaches} of {n} were over the limit of {limit}.";
    expect(translate(text, "es")).not.toContain("The");
  });
});
