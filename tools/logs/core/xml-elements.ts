/** A reader of XML that keeps texts: for formats whose values stand between tags. No DTD, no entities of its own. */
import { clip, LogFileError, withLine } from "./errors.ts";
import { normaliseValue } from "./xes-entities.ts";

export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
  /** `text` is what stood in the element, but for its children. */
  close(name: string, text: string, line: number): void;
}

const MAXIMUM_DEPTH = 64;
const TAG =
  /<(?:!--[\s\S]*?-->|!\[CDATA\[([\s\S]*?)\]\]>|\?[\s\S]*?\?>|(\/)?([^\s/>!?"'=<]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/)?>)/y;
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Hands every element of a document over. Throws where it is not well formed. */
export function readXml(document: string, handler: XmlHandler): void {
  const open: { name: string; text: string }[] = [];
  let line = 1;
  let closed = false;
  for (let at = 0; at < document.length; ) {
    const next = document.indexOf("<", at);
    const text = document.slice(at, next < 0 ? document.length : next);
    const place = open.at(-1);
    if (place) place.text += resolved(text, line);
    else if (text.replace(/^\ufeff/, "").trim() !== "") throw malformed("text outside of any element", line);
    line += lines(text);
    if (next < 0) break;
    TAG.lastIndex = next;
    const found = TAG.exec(document);
    if (!found) throw refused(document, next, line, open.length);
    const [whole, data, end, name, rest = "", empty] = found;
    if (data !== undefined && place) place.text += data;
    if (name !== undefined) {
      if (end) {
        const last = open.pop();
        if (last?.name !== localName(name))
          throw malformed(`</${clip(name)}> closes nothing that is open`, line);
        handler.close(last.name, last.text, line);
      } else {
        if (open.length === 0 && closed) throw malformed("a second root element", line);
        if (open.length === MAXIMUM_DEPTH) throw malformed("elements nested too deeply", line);
        handler.open(localName(name), attributesOf(rest, line), line);
        if (empty) handler.close(localName(name), "", line);
        else open.push({ name: localName(name), text: "" });
      }
      closed ||= open.length === 0;
    }
    line += lines(whole);
    at = next + whole.length;
  }
  if (open.length > 0 || !closed) throw truncated(line);
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

function lines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function attributesOf(text: string, line: number): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(ATTRIBUTE), ([, name = "", double, single]) => [
      name,
      resolved(double ?? single ?? "", line),
    ]),
  );
}

function resolved(text: string, line: number): string {
  if (!text.includes("&")) return text;
  try {
    return text.replace(/&[^;&\s]{0,12};?/g, (reference) => {
      const bytes = Buffer.from(reference);
      return Buffer.from(normaliseValue(bytes, 0, bytes.length)).toString();
    });
  } catch (error) {
    throw withLine(error, line);
  }
}

const malformed = (what: string, line: number): LogFileError =>
  new LogFileError("log-syntax", `not well-formed XML: ${what}`, {
    line,
    expected: "matching tags",
    remedy: "Export the log again.",
  });

const truncated = (line: number): LogFileError =>
  new LogFileError("log-truncated", "the file ends before its last element is closed", {
    line,
    expected: "</log> at the end",
    remedy: "The file is cut off: get it again.",
  });

function refused(document: string, at: number, line: number, depth: number): LogFileError {
  const start = document.slice(at, at + 9);
  if (/^<!DOCTYPE|^<!ENTITY/i.test(start)) {
    return new LogFileError(
      "log-declaration",
      `"${start}" is refused: a log declares no document type and no entities`,
      {
        line,
        value: start,
        expected: "XML without a DOCTYPE",
        remedy: "Remove the DOCTYPE with its entities.",
      },
    );
  }
  return document.indexOf(">", at) < 0 || (start.startsWith("<!--") && depth >= 0)
    ? truncated(line)
    : malformed(`"${clip(start)}" begins no element`, line);
}
