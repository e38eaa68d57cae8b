/** A document that somebody pastes behind their words: it is data, and no part of what is said. */
export interface Apart {
  readonly words: string;
  /** JSON, YAML of an API, or what stands between fences, as it was written. */
  readonly document: string | null;
}

/** Shorter braces are a way of writing. */
const leastLength = 40;

export function apart(text: string): Apart {
  const found = fenced(text) ?? json(text) ?? specification(text);
  if (!found) return { words: text, document: null };
  const around = [text.slice(0, found.start), text.slice(found.end)].map((part) => part.trim());
  const words = around.filter((part) => part !== "").join(" ");
  return { words, document: found.document };
}

interface Found {
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

function fenced(text: string): Found | null {
  const match = /```[a-z]*\n?([\s\S]*?)```/u.exec(text);
  return match ? { document: match[1]!, start: match.index, end: match.index + match[0].length } : null;
}

function json(text: string): Found | null {
  const [start, end] = [text.indexOf("{"), text.lastIndexOf("}") + 1];
  if (start < 0 || end - start < leastLength || !isJson(text.slice(start, end))) return null;
  return { document: text.slice(start, end), start, end };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** YAML begins with the version of its format. */
function specification(text: string): Found | null {
  const start = text.search(/^(?:openapi|swagger):/mu);
  return start < 0 ? null : { document: text.slice(start), start, end: text.length };
}
