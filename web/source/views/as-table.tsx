import type { View } from "../../../channels/contract.ts";
import { TableView } from "./table-view.tsx";

/** The same as a picture shows, as a table that opens on demand. `name` says of what: "The paths as a table". */
export function AsTable({
  name,
  view,
  open = false,
}: {
  readonly name: string;
  readonly view: Extract<View, { kind: "table" }>;
  readonly open?: boolean;
}) {
  return (
    <details open={open}>
      <summary className="w-fit text-muted hover:text-text">{name}</summary>
      <div className="mt-3">
        <TableView view={view} />
      </div>
    </details>
  );
}
