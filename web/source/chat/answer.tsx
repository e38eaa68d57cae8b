import { ArrowRight } from "lucide-react";
import { lazy, Suspense } from "react";
import type { Reply } from "../../../channels/contract.ts";
import { Button } from "../ui/button.tsx";
import { FigureTile } from "./figure-tile.tsx";
import { MarkedText } from "./marked-text.tsx";
import { figuresOf, marksWithin, numbersOf } from "./marks.ts";

const Markdown = lazy(() => import("./markdown.tsx"));

/** A reply: headline, figures, assumptions, one next step; or its words, and the readings when it asks back. */
export function Answer({ reply, onAsk }: { readonly reply: Reply; readonly onAsk: (text: string) => void }) {
  const numbers = numbersOf(reply);
  return (
    <div className="space-y-4">
      {reply.answer ? <Told reply={reply} numbers={numbers} /> : <Words reply={reply} numbers={numbers} />}
      {reply.clarification && <Readings clarification={reply.clarification} onAsk={onAsk} />}
      {reply.answer?.next && (
        <Button
          onClick={() => onAsk(reply.answer?.next?.ask ?? "")}
          icon={<ArrowRight className="order-last size-4" aria-hidden />}
        >
          {reply.answer.next.label}
        </Button>
      )}
    </div>
  );
}

interface Numbered {
  readonly reply: Reply;
  readonly numbers: ReadonlyMap<string, number>;
}

function Told({ reply, numbers }: Numbered) {
  const { answer } = reply;
  if (!answer) return null;
  const text = (part: string) => (
    <MarkedText
      text={part}
      marks={marksWithin(reply.reply, reply.marks, part)}
      reply={reply}
      numbers={numbers}
    />
  );
  const figures = figuresOf(reply);
  return (
    <>
      <p className="max-w-[72ch] text-body font-medium whitespace-pre-line">{text(answer.headline)}</p>
      {figures.length > 0 && (
        <ul aria-label="Figures" className="grid gap-3 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
          {figures.map((fact) => (
            <FigureTile key={fact.id} fact={fact} number={numbers.get(fact.id) ?? 0} />
          ))}
        </ul>
      )}
      {answer.notes.map((note) => (
        <p key={note} className="max-w-[72ch] whitespace-pre-line">
          {text(note)}
        </p>
      ))}
      {answer.assumptions !== "" && <p className="text-caption text-muted">{text(answer.assumptions)}</p>}
    </>
  );
}

function Words({ reply, numbers }: Numbered) {
  const plain = (
    <p className="max-w-[72ch] text-body whitespace-pre-line">
      <MarkedText text={reply.reply} marks={reply.marks} reply={reply} numbers={numbers} />
    </p>
  );
  if (!/[*_`#|[\]]|^\s*[-\d]/m.test(reply.reply)) return plain;
  return (
    <div className="max-w-[72ch] text-body">
      <Suspense fallback={plain}>
        <Markdown reply={reply} numbers={numbers} />
      </Suspense>
    </div>
  );
}

function Readings({
  clarification,
  onAsk,
}: {
  readonly clarification: NonNullable<Reply["clarification"]>;
  readonly onAsk: (text: string) => void;
}) {
  return (
    <ul aria-label={clarification.question} className="grid gap-2 sm:grid-cols-2">
      {clarification.readings.map((reading) => (
        <li key={reading.ask}>
          <button
            type="button"
            onClick={() => onAsk(reading.ask)}
            className="w-full rounded-lg border border-control bg-surface px-4 py-3 text-left hover:bg-raised"
          >
            <span className="block font-medium">{reading.label}</span>
            <span className="block text-muted">{reading.result}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
