import { useState } from "react";
import type { LogSummary } from "../../../channels/contract.ts";
import { formatNumber } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { keptFile } from "./kept-files.ts";
import { type ObjectTypeChoice, type ObjectTypes, objectTypesOf } from "./mapping.ts";
import { useImportAgain } from "./use-import-again.ts";

const heads = [
  ["Cases", "objects of the type with events"],
  ["Events", "events of at least one of them"],
  ["Counted for several cases", "events of several objects of the type (convergence)"],
  ["Repeated for other objects", "activities of a case that other objects no longer tell apart (divergence)"],
  ["Left out", "events of no object of the type (deficiency)"],
] as const;

/** Of an object-centric log: the type of objects that are its cases, why, and what each type would lose. */
export function ObjectTypeChooser({ log }: { readonly log: LogSummary }) {
  const types = objectTypesOf(log.mapping);
  return types && <Chooser log={log} types={types} />;
}

function Chooser({ log, types }: { readonly log: LogSummary; readonly types: ObjectTypes }) {
  const file = keptFile(log.id);
  const again = useImportAgain(log);
  const [wanted, setWanted] = useState(types.chosen);
  return (
    <fieldset className="mb-4 min-w-0 space-y-3">
      <legend className="mb-2 font-medium">Objects that are the cases</legend>
      <p className="text-caption text-muted">
        {types.chosen}: {types.reason ?? "chosen by you"}. Reading by one type loses what the columns say.
      </p>
      <div className="overflow-x-auto rounded-lg border border-line bg-surface">
        <table className="w-full text-dense">
          <thead>
            <tr className="border-b border-line text-left text-muted">
              <th className="px-4 py-2 font-normal">Type</th>
              {heads.map(([head, title]) => (
                <th key={head} title={title} className="px-4 py-2 text-right font-normal">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {types.choices.map((choice) => (
              <Row
                key={choice.type}
                choice={choice}
                checked={choice.type === wanted}
                disabled={!file || choice.events === 0}
                onChoose={setWanted}
              />
            ))}
          </tbody>
        </table>
      </div>
      {again.failure !== null && <ProblemNote error={again.failure} />}
      {file && wanted !== types.chosen && (
        <Button
          look="primary"
          disabled={again.progress !== null}
          onClick={() => void again.run(file, { objectType: wanted })}
        >
          {again.progress ? `${again.progress.message} …` : `Import again by ${wanted}`}
        </Button>
      )}
    </fieldset>
  );
}

interface RowProps {
  readonly choice: ObjectTypeChoice;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChoose: (type: string) => void;
}

function Row({ choice, checked, disabled, onChoose }: RowProps) {
  const locale = useLocale();
  const { type, cases, events, convergence, divergence, deficiency } = choice;
  return (
    <tr className="border-line not-last:border-b">
      <td className="px-4 py-2">
        <label className="flex items-center gap-2">
          <input
            type="radio"
            name="object-type"
            checked={checked}
            disabled={disabled}
            onChange={() => onChoose(type)}
          />
          {type}
        </label>
      </td>
      {[cases, events, convergence, divergence, deficiency].map((count, column) => (
        <td key={heads[column]?.[0]} className="px-4 py-2 text-right tabular-nums">
          {count === null ? "–" : formatNumber(count, locale)}
        </td>
      ))}
    </tr>
  );
}
