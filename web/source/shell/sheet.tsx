import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { openPanel } from "../router.ts";
import { IconButton } from "../ui/button.tsx";

/** The panel on a phone: a sheet from below. */
export default function Sheet({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && openPanel(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 bg-[oklch(0_0_0/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 bottom-0 z-30 flex max-h-[92dvh] flex-col rounded-t-xl bg-page shadow-panel outline-none"
        >
          <header className="flex items-center border-b border-line py-1.5 pr-2 pl-4">
            <Dialog.Title className="min-w-0 flex-1 truncate font-semibold">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X className="size-4" />
              </IconButton>
            </Dialog.Close>
          </header>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
