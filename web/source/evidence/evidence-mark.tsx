import { openPanel, usePlace } from "../router.ts";

/** The small number after a figure; opens the figure's evidence. */
export function EvidenceMark({
  fact,
  number,
  label,
}: {
  readonly fact: string;
  readonly number: number;
  readonly label: string;
}) {
  const open = usePlace().search.get("panel") === `fact/${fact}`;
  return (
    <button
      type="button"
      data-evidence={fact}
      aria-label={`Evidence ${number}: ${label}`}
      aria-expanded={open}
      title={label}
      onClick={() => openPanel(open ? null : `fact/${fact}`)}
      className={`relative mx-0.5 inline-flex h-5 min-w-5 items-center justify-center rounded-md px-1 align-[0.15em] text-caption leading-none font-medium after:absolute after:-inset-1 ${open ? "bg-accent text-on-accent" : "bg-accent-soft text-accent hover:bg-accent hover:text-on-accent"}`}
    >
      {number}
    </button>
  );
}
