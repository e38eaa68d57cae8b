import type { ReactNode } from "react";

/** A page beside the conversation: a heading, what can be done, its content. */
export function Page({
  title,
  lead,
  actions,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={`mx-auto w-full px-4 py-6 md:px-8 md:py-8 ${wide ? "max-w-[100rem]" : "max-w-5xl"}`}>
      <header className="mb-6 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-title font-semibold">{title}</h1>
          {lead !== undefined && <p className="mt-1 max-w-[72ch] text-muted">{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mb-8">
      <h2 className="mb-3 text-dense font-semibold">{title}</h2>
      {children}
    </section>
  );
}

/** Where a list has nothing: why, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="rounded-lg border border-dashed border-line px-4 py-8 text-center">
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="mx-auto mt-1 max-w-[60ch] text-muted">{children}</div>}
    </div>
  );
}

/** Stands where content will be while it is read. */
export function Skeleton({
  lines = 3,
  label = "Loading",
}: {
  readonly lines?: number;
  readonly label?: string;
}) {
  const widths = ["w-2/3", "w-full", "w-5/6"];
  return (
    <div role="status" className="space-y-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, index) => index).map((index) => (
        <div key={index} className={`skeleton h-5 ${widths[index % widths.length]}`} />
      ))}
    </div>
  );
}

/** A label and its value, for details in panels. */
export function Detail({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1 py-1.5">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
