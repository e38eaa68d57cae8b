import type { View } from "../../../channels/contract.ts";

type Field = Extract<View, { kind: "form" }>["fields"][number];

/** What a tool read out of the person's words: a value each, with the reason for it. */
export function FormView({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <dl className="divide-y divide-line">
      {fields.map((field) => (
        <div key={field.name} className="grid gap-x-4 py-2 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="text-muted">{field.label}</dt>
          <dd>
            <p className="font-medium">{field.value === null ? "–" : String(field.value)}</p>
            {field.reason !== undefined && <p className="text-caption text-muted">{field.reason}</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
