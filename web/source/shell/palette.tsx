import { Dialog } from "radix-ui";
import { type KeyboardEvent, useId, useState } from "react";
import { setPreferences, themes } from "../preferences.ts";
import { useLogs, useThreads } from "../queries.ts";
import { navigate } from "../router.ts";
import { destinations } from "./destinations.ts";
import { type Command, rankCommands } from "./rank-commands.ts";

/** ⌘K: go to any page, thread or log, or change the theme, by typing a part of its name. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = rankCommands(useCommands(), query).slice(0, 12);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0_0_0/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[12dvh] z-50 mx-auto flex max-h-[70dvh] max-w-lg flex-col overflow-hidden rounded-lg border border-line bg-surface shadow-panel"
        >
          <Dialog.Title className="sr-only">Go to anything</Dialog.Title>
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={found[at] ? `${listId}-${at}` : undefined}
            aria-label="Go to anything"
            placeholder="Go to …"
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            className="border-b border-line bg-transparent px-4 py-3 text-body outline-none placeholder:text-muted"
          />
          <div id={listId} role="listbox" aria-label="Results" className="min-h-0 overflow-y-auto p-2">
            {found.map((command, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys
              <div
                key={command.key}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                onClick={() => run(command)}
                onMouseMove={() => setAt(index)}
                className="flex cursor-pointer items-center justify-between gap-3 rounded-md px-3 py-2 aria-selected:bg-accent-soft"
              >
                <span className="truncate">{command.label}</span>
                <span className="shrink-0 text-caption text-muted">{command.group}</span>
              </div>
            ))}
          </div>
          {found.length === 0 && <p className="px-5 pb-4 text-muted">Nothing is called that.</p>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useCommands(): readonly Command[] {
  const { data: threads = [] } = useThreads();
  const { data: logs = [] } = useLogs();
  const go = (key: string, label: string, group: string, path: string): Command => ({
    key,
    label,
    group,
    run: () => navigate(path),
  });
  return [
    ...destinations.map(({ path, label }) => go(path, label, "Page", path)),
    ...threads.map(({ id, title }) =>
      go(`thread ${id}`, title || id, "Conversation", `/threads/${encodeURIComponent(id)}`),
    ),
    ...logs.map(({ id, name }) => go(`log ${id}`, name, "Log", `/logs/${encodeURIComponent(id)}`)),
    ...logs.map(({ id, name }) => go(`map ${id}`, name, "Process", `/process/${encodeURIComponent(id)}`)),
    ...themes.map((theme) => ({
      key: `theme ${theme}`,
      label: `Theme: ${theme}`,
      group: "Setting",
      run: () => setPreferences({ theme }),
    })),
  ];
}
