/** Views in a person's language: titles, headings, names of series and days; cells are the log's or the tool's own. */
import type { View } from "../../../tools/define.ts";
import { translate, weekdayIn } from "./translate.ts";

export function translateView(view: View, language: string): View {
  if (language === "en") return view;
  const said = (text: string): string => translate(text, language);
  const titled = "title" in view ? { ...view, title: said(view.title) } : view;
  if (titled.kind === "table")
    return { ...titled, columns: titled.columns.map((column) => ({ ...column, label: said(column.label) })) };
  if (titled.kind === "series")
    return { ...titled, series: titled.series.map((each) => ({ ...each, name: said(each.name) })) };
  if (titled.kind === "heat-map")
    return { ...titled, rows: titled.rows.map((row) => weekdayIn(row, language)) };
  return titled;
}
