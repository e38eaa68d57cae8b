import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { IconButton } from "../ui/button.tsx";
import { shortcuts } from "./keys.ts";

export default function ShortcutList({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0_0_0/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[18dvh] z-50 mx-auto max-w-sm rounded-lg border border-line bg-surface p-5 shadow-panel"
        >
          <div className="mb-3 flex items-center justify-between">
            <Dialog.Title className="font-semibold">Keyboard</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X className="size-4" />
              </IconButton>
            </Dialog.Close>
          </div>
          <dl className="grid grid-cols-[9rem_1fr] gap-y-2">
            {shortcuts.map(({ keys, what }) => (
              <div key={keys} className="contents">
                <dt className="font-medium">{keys}</dt>
                <dd className="text-muted">{what}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
