import { DownloadLinks } from "../ui/download-links.tsx";

/** What is drawn, as files for other programs: formats of `/v1/logs/{id}/model`. */
const files = {
  map: [
    ["DOT (Graphviz)", "format=dot&picture=map"],
    ["SVG", "format=svg&picture=map"],
  ],
  model: [
    ["BPMN 2.0", "format=bpmn"],
    ["PNML (Petri net)", "format=pnml"],
    ["PTML (process tree)", "format=ptml"],
    ["Process tree as text", "format=tree"],
    ["DOT (Graphviz)", "format=dot&picture=net"],
    ["BPMN as SVG", "format=svg&picture=bpmn"],
    ["Petri net as SVG", "format=svg&picture=net"],
  ],
} as const;

export type ModelFiles = keyof typeof files;

export function ModelLinks({ log, of }: { readonly log: string; readonly of: ModelFiles }) {
  const path = `/v1/logs/${encodeURIComponent(log)}/model`;
  return (
    <section aria-labelledby={`files-of-${of}`} className="space-y-3">
      <h2 id={`files-of-${of}`} className="font-semibold">
        As a file
      </h2>
      <DownloadLinks links={files[of].map(([label, query]) => ({ label, href: `${path}?${query}` }))} />
    </section>
  );
}
