import { describe, expect, it } from "vitest";
import { fragment, translate } from "./translate.ts";
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
