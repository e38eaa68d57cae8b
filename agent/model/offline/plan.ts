/** What a turn comes to: calls to make, or something to say at once. */
import type { Fact, Message } from "../../../tools/define.ts";
import type { Filter } from "../../../tools/inputs.ts";
import type { ChainStep } from "./chain.ts";
import type { Link } from "./link/links.ts";
import type { PendingCall } from "./state.ts";

export interface Variant {
  /** The frame's own where absent. */
  readonly tool?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly label: string;
}

/** One tool and its input, as one way to read (a part of) the text. */
export interface Frame {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The words it was read from. */
  readonly text: string;
  /** 0…1: how likely it is that this is what was meant. */
  readonly confidence: number;
  /** Other readings, run beside it: of an ambiguous word, or by another tool that is as likely. */
  readonly variants: readonly Variant[];
  /** How this reading is called beside its variants. */
  readonly label?: string;
  /** What was assumed without being said. */
  readonly assumptions: readonly Message[];
  /** The field that takes what an earlier frame of the turn finds ("the worst one"). */
  readonly awaits: string | null;
  readonly used: readonly Link[];
}

export type SayKind = "answer" | "clarify" | "cannot" | "refuse" | "redirect" | "decide-ui";

export interface Said {
  readonly headline: Message;
  readonly notes?: readonly Message[];
  readonly next?: { readonly label: Message; readonly ask: string };
  readonly readings?: readonly { readonly label: string; readonly ask: string; readonly result: string }[];
  readonly facts?: readonly Fact[];
  /** The call of a connected system that waits for what this asks for. */
  readonly call?: PendingCall;
  /** The question that waits for a log to be named, and the logs that were offered. */
  readonly asked?: { readonly text: string; readonly logs: readonly string[] };
}

/** A log that the words chose. */
export interface ChosenLog {
  readonly id: string;
  /** The thread's log at the time. */
  readonly over: string | null;
}

export type Plan = {
  /** Null: the thread's own. */
  readonly log: ChosenLog | null;
  readonly language: string;
  /** What was understood, in words and tool names. */
  readonly understood: string;
  /** 0…1: how likely it is that this is what was meant. */
  readonly confidence: number;
  readonly supersedes: readonly string[];
} & (
  | {
      readonly kind: "calls";
      readonly frames: readonly Frame[];
      /** Several steps that lean on each other; the frames are theirs. */
      readonly chain?: readonly ChainStep[];
      /** The person asked for it to be done: what a result suggests is proposed. */
      readonly act: boolean;
      /** Said beside the answer ("words do not approve"). */
      readonly notes: readonly Message[];
      /** The thread's stack of filters afterwards, where the turn went on with the last question. */
      readonly filterHistory?: readonly (readonly Filter[])[];
      /** It only looks at what the thread is at: the line of questions goes on from where it was. */
      readonly isLook?: true;
    }
  | { readonly kind: "say"; readonly say: SayKind; readonly said: Said }
);
