import { Streamdown } from "streamdown";
import type { Reply } from "../../../channels/contract.ts";
import { EvidenceMark } from "../evidence/evidence-mark.tsx";
import { factOfLink, markdownWithMarks } from "./marks.ts";

const allowed = [
  ...["p", "br", "strong", "em", "del", "code", "pre", "blockquote", "hr", "a", "ul", "ol", "li"],
  ...["h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"],
];

/**
 * A reply written as markdown. Nothing in it can load from elsewhere: no images, no HTML; a link that is not an
 * evidence mark is shown as its words and its address, to be read and not clicked.
 */
export default function Markdown({
  reply,
  numbers,
}: {
  readonly reply: Reply;
  readonly numbers: ReadonlyMap<string, number>;
}) {
  return (
    <Streamdown
      className="markdown"
      mode="static"
      controls={false}
      skipHtml
      allowedElements={allowed}
      unwrapDisallowed
      components={{
        a: ({ href, children }) => {
          const fact = factOfLink(href);
          const number = fact === null ? undefined : numbers.get(fact);
          if (fact !== null && number !== undefined) {
            const label = reply.facts.find((known) => known.id === fact)?.label ?? "figure";
            return <EvidenceMark fact={fact} number={number} label={label} />;
          }
          return (
            <>
              {children} <span className="text-muted">({href})</span>
            </>
          );
        },
      }}
    >
      {markdownWithMarks(reply.reply, reply.marks, numbers)}
    </Streamdown>
  );
}
