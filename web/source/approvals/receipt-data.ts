import { formatUnknown } from "../format.ts";

export interface ReceiptData {
  readonly summary: string | null;
  readonly references: readonly { readonly system: string; readonly id: string }[];
}

/** Reads a receipt leniently: a connector's own members are its business. */
export function readReceipt(receipt: unknown): ReceiptData {
  const { summary, references } = (receipt ?? {}) as { summary?: unknown; references?: unknown };
  return {
    summary: typeof summary === "string" ? summary : null,
    references: (Array.isArray(references) ? references : []).flatMap((reference: unknown) => {
      const { system, id } = (reference ?? {}) as { system?: unknown; id?: unknown };
      return typeof id === "string" || typeof id === "number"
        ? [{ system: formatUnknown(system), id: String(id) }]
        : [];
    }),
  };
}
