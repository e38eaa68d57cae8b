/**
 * Servers that speak the Messages API but answer in one piece although a stream was asked for (gateways, mocks): the same
 * message as the stream that it would have been.
 */

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `fetch` whose answers are streams where one was asked for. */
export function streamed(base: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await base(input, init);
    const whole = response.ok && response.headers.get("content-type")?.includes("application/json") === true;
    if (!whole || typeof init?.body !== "string" || !/"stream":\s*true/u.test(init.body)) return response;
    const text = await response.text();
    const headers = { "content-type": "text/event-stream" };
    return new Response(eventsOf(parsed(text)).map(written).join(""), { status: response.status, headers });
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const written = (event: Json): string => `event: ${event["type"]}\ndata: ${JSON.stringify(event)}\n\n`;

/** Nothing for what is no message: a stream that ended before it began. */
function eventsOf(message: unknown): Json[] {
  if (!isObject(message) || !Array.isArray(message["content"])) return [];
  const { content, stop_reason, stop_sequence = null, usage = {}, ...rest } = message;
  const blocks = (content as unknown[]).filter(isObject);
  return [
    {
      type: "message_start",
      message: { ...rest, content: [], stop_reason: null, stop_sequence: null, usage },
    },
    ...blocks.flatMap(blockEvents),
    { type: "message_delta", delta: { stop_reason, stop_sequence }, usage },
    { type: "message_stop" },
  ];
}

function blockEvents(block: Json, index: number): Json[] {
  const delta = (change: Json): Json => ({ type: "content_block_delta", index, delta: change });
  const { start, deltas } = parts(block);
  return [
    { type: "content_block_start", index, content_block: start },
    ...deltas.map(delta),
    { type: "content_block_stop", index },
  ];
}

function parts(block: Json): { start: Json; deltas: Json[] } {
  switch (block["type"]) {
    case "text":
      return { start: { ...block, text: "" }, deltas: [{ type: "text_delta", text: block["text"] }] };
    case "thinking":
      return {
        start: { ...block, thinking: "", signature: "" },
        deltas: [
          { type: "thinking_delta", thinking: block["thinking"] },
          { type: "signature_delta", signature: block["signature"] },
        ],
      };
    case "tool_use":
      return {
        start: { ...block, input: {} },
        deltas: [{ type: "input_json_delta", partial_json: JSON.stringify(block["input"]) }],
      };
    default:
      return { start: block, deltas: [] };
  }
}
