/** The app's pages, in the order the rail shows them. */
import {
  BookMarked,
  CircleCheckBig,
  Database,
  Gauge,
  type LucideIcon,
  MessageSquare,
  ScrollText,
  Settings,
  Target,
  Workflow,
} from "lucide-react";

export interface Destination {
  readonly path: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Stands in the phone's bottom bar. */
  readonly first: boolean;
}

export const destinations: readonly Destination[] = [
  { path: "/", label: "Ask", icon: MessageSquare, first: true },
  { path: "/logs", label: "Logs", icon: Database, first: false },
  { path: "/process", label: "Process", icon: Workflow, first: true },
  { path: "/approvals", label: "Approvals", icon: CircleCheckBig, first: true },
  { path: "/board", label: "Board", icon: Gauge, first: true },
  { path: "/ledger", label: "Ledger", icon: ScrollText, first: false },
  { path: "/memory", label: "Memory", icon: BookMarked, first: false },
  { path: "/evals", label: "Evals", icon: Target, first: false },
  { path: "/settings", label: "Settings", icon: Settings, first: false },
];

/** Whether a destination is where one is; a thread belongs to Ask. */
export function isAt(destination: Destination, pieces: readonly string[]): boolean {
  const [room = ""] = pieces;
  return destination.path === "/" ? room === "" || room === "threads" : destination.path === `/${room}`;
}
