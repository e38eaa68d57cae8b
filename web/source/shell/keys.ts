/** Keyboard shortcuts. A key typed into a field is text, never a command. */
import { type RefObject, useEffect, useRef } from "react";
import { navigate } from "../router.ts";

export const shortcuts = [
  { keys: "/", what: "Ask something" },
  { keys: "⌘K or Ctrl K", what: "Go to anything" },
  { keys: "j, k", what: "Next and previous in a list" },
  { keys: "e", what: "Evidence of the next figure" },
  { keys: "Esc", what: "Close what is open" },
  { keys: "?", what: "This list" },
] as const;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=range]), textarea, select, [contenteditable]");

export interface ShellCommands {
  readonly palette: () => void;
  readonly help: () => void;
  readonly close: () => void;
}

/** The app's own keys. */
export function useShortcuts(commands: ShellCommands): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        latest.current.palette();
      } else if (event.key === "Escape" && !event.defaultPrevented) latest.current.close();
      else if (!isTyping(event.target) && !event.metaKey && !event.ctrlKey && !event.altKey) {
        plainKey(event, latest.current);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function plainKey(event: KeyboardEvent, commands: ShellCommands): void {
  if (event.key === "/") {
    event.preventDefault();
    ask();
  } else if (event.key === "?") commands.help();
  else if (event.key === "e") nextEvidence();
}

/** Puts the cursor where questions are typed, from wherever one is. */
export function ask(): void {
  const field = document.querySelector<HTMLTextAreaElement>("[data-composer]");
  if (field) field.focus();
  else {
    navigate("/");
    requestAnimationFrame(() => document.querySelector<HTMLTextAreaElement>("[data-composer]")?.focus());
  }
}

/** Opens the evidence of the figure after the focused one, else of the last answer's first. */
function nextEvidence(): void {
  const marks = [...document.querySelectorAll<HTMLButtonElement>("[data-evidence]")];
  const at = marks.indexOf(document.activeElement as HTMLButtonElement);
  const answers = [...document.querySelectorAll<HTMLElement>("[data-answer]")];
  const first = answers.at(-1)?.querySelector<HTMLButtonElement>("[data-evidence]") ?? marks[0];
  const next = at >= 0 ? marks[(at + 1) % marks.length] : first;
  next?.focus();
  next?.click();
}

/** `j` and `k` move through the buttons and links of a list. */
export function useListKeys(): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (step === 0 || isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
      const items = [...(list.current?.querySelectorAll<HTMLElement>(":scope > li > :is(a, button)") ?? [])];
      const at = items.indexOf(document.activeElement as HTMLElement);
      const next =
        at < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + step));
      items[next]?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return list;
}
