import { useState } from "react";
import { Section } from "../ui/page.tsx";
import { ScrollBox } from "../ui/scroll-box.tsx";
import { crossTable, type Dimension, dimensions, type EvalRun } from "./run.ts";

/** Two dimensions against each other; a cell says how many cases passed of how many, and its shade says it again. */
export function Scorecard({ run, tier }: { readonly run: EvalRun; readonly tier: string }) {
  const [rows, setRows] = useState<Dimension>("persona");
  const [columns, setColumns] = useState<Dimension>("capability");
  const table = crossTable(run.cells, tier, rows, columns);
  return (
    <Section title="Scorecard">
      <div className="mb-3 flex flex-wrap gap-4">
        <Choice label="Rows" value={rows} onChange={setRows} />
        <Choice label="Columns" value={columns} onChange={setColumns} />
      </div>
      <ScrollBox label="Scorecard">
        <table className="text-dense">
          <caption className="sr-only">
            Cases that passed, by {rows} and {columns}
          </caption>
          <thead>
            <tr>
              <th className="px-2 py-1 text-left font-medium" scope="col">
                {rows}
              </th>
              {table.columns.map((column) => (
                <th key={column} scope="col" className="px-2 py-1 text-right font-medium whitespace-nowrap">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <tr key={row} className="border-t border-line">
                <th scope="row" className="px-2 py-1 text-left font-normal whitespace-nowrap">
                  {row}
                </th>
                {table.columns.map((column, place) => (
                  <ScoreCell key={column} cell={table.cells[index]?.[place] ?? null} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Section>
  );
}

function ScoreCell({ cell }: { readonly cell: { readonly passed: number; readonly of: number } | null }) {
  if (cell === null) return <td />;
  const share = cell.passed / cell.of;
  const tone = share === 1 ? "bg-good-soft" : share >= 0.8 ? "bg-waiting-soft" : "bg-breach-soft";
  return (
    <td className={`px-2 py-1 text-right tabular-nums ${tone}`}>
      {Math.round(cell.passed * 10) / 10}/{cell.of}
    </td>
  );
}

function Choice({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: Dimension;
  readonly onChange: (dimension: Dimension) => void;
}) {
  return (
    <label className="flex items-center gap-2">
      {label}
      <select
        className="rounded-lg border border-line bg-surface px-2 py-1"
        value={value}
        onChange={(event) => onChange(event.target.value as Dimension)}
      >
        {dimensions.map((dimension) => (
          <option key={dimension}>{dimension}</option>
        ))}
      </select>
    </label>
  );
}
