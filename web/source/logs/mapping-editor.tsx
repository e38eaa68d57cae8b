import { useEffect, useState } from "react";
import type { LogSummary } from "../../../channels/contract.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { keptFile } from "./kept-files.ts";
import { columnsOf, mappedRoles, type Role, settingsOf } from "./mapping.ts";
import { ObjectTypeChooser } from "./object-type-choice.tsx";
import { useImportAgain } from "./use-import-again.ts";

/** Each role with its column and the reason; while the file is at hand, another column can be chosen. */
export function MappingEditor({ log }: { readonly log: LogSummary }) {
  const file = keptFile(log.id);
  const [columns, setColumns] = useState<readonly string[]>([]);
  const [changes, setChanges] = useState<Partial<Record<Role, string>>>({});
  const again = useImportAgain(log);
  useEffect(() => {
    if (file) void columnsOf(file).then(setColumns);
  }, [file]);
  const mapped = mappedRoles(log.mapping);
  const shown =
    columns.length > 0 ? mapped : mapped.filter(({ column, required }) => required || column !== null);
  const changed = Object.keys(changes).length > 0;
  const mapping = () =>
    Object.fromEntries(
      mapped.flatMap(({ role, column }) => {
        const wanted = changes[role] ?? column ?? "";
        return wanted === "" ? [] : [[role, wanted]];
      }),
    );
  return (
    <div className="space-y-3">
      <ObjectTypeChooser log={log} />
      <div className="divide-y divide-line rounded-lg border border-line bg-surface">
        {shown.map(({ role, label, required, column, reason }) => (
          <div
            key={role}
            className="grid gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[8rem_minmax(0,14rem)_minmax(0,1fr)]"
          >
            <span className="text-muted" id={`role-${role}`}>
              {label}
            </span>
            {columns.length > 0 ? (
              <select
                aria-labelledby={`role-${role}`}
                value={changes[role] ?? column ?? ""}
                onChange={(event) => setChanges({ ...changes, [role]: event.target.value })}
                className="h-8 w-full rounded-lg border border-control bg-surface px-2"
              >
                {!required && <option value="">none</option>}
                {[...new Set([...(column === null ? [] : [column]), ...columns])].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            ) : (
              <span className={column === null ? "text-muted" : "font-medium"}>{column ?? "none"}</span>
            )}
            <span className="text-caption leading-5 text-muted">
              {changes[role] === undefined ? reason : "chosen by you"}
            </span>
          </div>
        ))}
      </div>
      <p className="text-caption text-muted">
        {settingsOf(log.mapping)
          .map(({ label, value }) => `${label}: ${value}`)
          .join(" · ")}
      </p>
      {again.failure !== null && <ProblemNote error={again.failure} />}
      {file && changed && (
        <Button
          look="primary"
          disabled={again.progress !== null}
          onClick={() => void again.run(file, mapping())}
        >
          {again.progress ? `${again.progress.message} …` : "Import again with this mapping"}
        </Button>
      )}
      {!file && (
        <p className="text-caption text-muted">
          To change the mapping, drop the file again; it is not kept in the browser.
        </p>
      )}
    </div>
  );
}
