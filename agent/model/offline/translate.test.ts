import { describe, expect, it } from "vitest";
import { alsoTranslated, fragment, translate } from "./translate.ts";
import { translateView } from "./translate-view.ts";

describe("a text of the product in German", () => {
  it.each([
    ["Mean waiting before {activity}", "Mittlere Wartezeit vor {activity}"],
    ["Mean waiting before Credit check", "Mittlere Wartezeit vor Credit check"],
    ["median cycle time", "Median Durchlaufzeit"],
    ["why do we wait before Approve order?", "warum warten wir vor Approve order?"],
    [
      "Mean cycle time of cases where Send reminder happens, less that of the others",
      "Mittlere Durchlaufzeit der Fälle, in denen Send reminder geschieht, weniger die der anderen",
    ],
    ["what nobody has translated", "what nobody has translated"],
  ])("%s", (text, german) => {
    expect(translate(text, "de")).toBe(german);
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
