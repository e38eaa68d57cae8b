import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button.tsx";

/** Copies text; says for two seconds that it did, or that the browser refused. */
export function CopyButton({ text, label }: { readonly text: () => string; readonly label: string }) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => setState("copied"),
      () => setState("refused"),
    );
  const name = state === "copied" ? "Copied" : state === "refused" ? "The browser refused to copy" : label;
  return (
    <IconButton label={name} onClick={copy}>
      {state === "copied" ? <Check className="size-4 text-good" /> : <Copy className="size-4" />}
    </IconButton>
  );
}
