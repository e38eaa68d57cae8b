import { Download } from "lucide-react";

export interface DownloadLink {
  readonly label: string;
  readonly href: string;
}

/** Files that the server makes when they are asked for. */
export function DownloadLinks({ links }: { readonly links: readonly DownloadLink[] }) {
  return (
    <ul className="flex flex-wrap gap-2">
      {links.map(({ label, href }) => (
        <li key={href}>
          <a
            href={href}
            download
            className="inline-flex min-h-9 items-center gap-2 rounded-lg border border-control bg-surface px-3 py-1.5 text-dense font-medium hover:bg-raised"
          >
            <Download className="size-4 text-muted" aria-hidden />
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
