/** The small flag on a BPMN element. bpmn-js wants a DOM element; its text is set as text, never as markup. */
const tones = {
  bottleneck: "bg-waiting-soft text-waiting border-waiting",
  optimized: "bg-good-soft text-good border-good",
  deviation: "bg-breach-soft text-breach border-breach",
} as const;
const signs = { bottleneck: "◷", optimized: "✓", deviation: "≠" } as const;

export function overlayFor(kind: keyof typeof tones, label: string): HTMLElement {
  const flag = document.createElement("div");
  flag.className = `rounded-md border px-1.5 py-0.5 text-caption font-medium whitespace-nowrap ${tones[kind]}`;
  flag.textContent = `${signs[kind]} ${label}`;
  return flag;
}
