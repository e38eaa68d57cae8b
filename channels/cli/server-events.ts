/** Reads server-sent events (HTML standard, section 9.2.6) from a response. */
export interface ServerEvent {
  readonly event: string;
  /** Parsed JSON. */
  readonly data: unknown;
}

export async function* readServerEvents(response: Response): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let waiting = "";
  for await (const bytes of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    waiting += decoder.decode(bytes, { stream: true });
    const blocks = waiting.split(/\r?\n\r?\n/);
    waiting = blocks.pop() ?? "";
    for (const block of blocks) yield* parseBlock(block);
  }
}

function* parseBlock(block: string): Generator<ServerEvent> {
  let event = "message";
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, field = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === "event") event = value;
    if (field === "data") data.push(value);
  }
  if (data.length > 0) yield { event, data: JSON.parse(data.join("\n")) };
}
