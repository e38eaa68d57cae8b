/**
 * What Slack's Block Kit reference (docs.slack.dev/reference/block-kit) allows in a message. Written from the reference,
 * not from the channel's own limits, so that each checks the other.
 */
type Json = Record<string, unknown>;
type Complaint = string;

const knownKeys: Readonly<Record<string, readonly string[]>> = {
  section: ["type", "block_id", "text", "fields", "accessory", "expand"],
  header: ["type", "block_id", "text"],
  context: ["type", "block_id", "elements"],
  divider: ["type", "block_id"],
  actions: ["type", "block_id", "elements"],
};
const buttonKeys = ["type", "action_id", "text", "style", "value", "url", "confirm", "accessibility_label"];

/** Complaints as `path: reason`; none for blocks that Slack takes. */
export function complaintsAbout(blocks: unknown): Complaint[] {
  if (!Array.isArray(blocks)) return ["blocks: not an array"];
  const complaints = blocks.length > 50 ? ["blocks: more than 50"] : [];
  const ids = blocks.map((block: Json) => block["block_id"]).filter((id) => id !== undefined);
  if (new Set(ids).size !== ids.length) complaints.push("blocks: block_id is not unique");
  const actions = blocks.flatMap((block: Json) =>
    Array.isArray(block["elements"]) ? block["elements"] : [],
  );
  const actionIds = actions.map((action: Json) => action["action_id"]).filter((id) => id !== undefined);
  if (new Set(actionIds).size !== actionIds.length) complaints.push("blocks: action_id is not unique");
  return [...complaints, ...blocks.flatMap((block, index) => blockComplaints(block, `blocks[${index}]`))];
}

function blockComplaints(block: Json, path: string): Complaint[] {
  const type = String(block["type"]);
  const keys = knownKeys[type];
  if (!keys) return [`${path}: unsupported type ${type}`];
  return [
    ...unknownKeys(block, keys, path),
    ...lengthOf(block["block_id"], 255, `${path}.block_id`),
    ...(contents[type]?.(block, path) ?? []),
  ];
}

const contents: Readonly<Record<string, (block: Json, path: string) => Complaint[]>> = {
  section: (block, path) =>
    block["text"] === undefined && block["fields"] === undefined
      ? [`${path}: neither text nor fields`]
      : [
          ...(block["text"] === undefined ? [] : textComplaints(block["text"], 3000, `${path}.text`)),
          ...list(block["fields"] ?? [], 10, `${path}.fields`, (field, at) =>
            textComplaints(field, 2000, at),
          ),
        ],
  header: (block, path) => textComplaints(block["text"], 150, `${path}.text`, ["plain_text"]),
  context: (block, path) =>
    list(block["elements"], 10, `${path}.elements`, (element, at) =>
      (element as Json)["type"] === "image" ? [] : textComplaints(element, 3000, at),
    ),
  actions: (block, path) => list(block["elements"], 25, `${path}.elements`, buttonComplaints),
};

function buttonComplaints(button: Json, path: string): Complaint[] {
  const style = button["style"];
  return [
    ...(button["type"] === "button" ? [] : [`${path}: not a button`]),
    ...unknownKeys(button, buttonKeys, path),
    ...textComplaints(button["text"], 75, `${path}.text`, ["plain_text"]),
    ...lengthOf(button["action_id"], 255, `${path}.action_id`),
    ...lengthOf(button["value"], 2000, `${path}.value`),
    ...(style === undefined || style === "primary" || style === "danger" ? [] : [`${path}.style: ${style}`]),
  ];
}

function textComplaints(
  given: unknown,
  most: number,
  path: string,
  types: readonly string[] = ["plain_text", "mrkdwn"],
): Complaint[] {
  if (typeof given !== "object" || given === null) return [`${path}: missing`];
  const { type, text } = given as Json;
  if (!types.includes(String(type))) return [`${path}.type: ${type}`];
  if (typeof text !== "string" || text.length === 0) return [`${path}: must be more than 0 characters`];
  return [
    ...unknownKeys(given as Json, ["type", "text", "emoji", "verbatim"], path),
    ...(text.length > most ? [`${path}: must be less than ${most + 1} characters`] : []),
    ...(type === "mrkdwn" ? markupComplaints(text, path) : []),
  ];
}

/** Control sequences must be whole, and a bare `&`, `<` or `>` must have been escaped. */
function markupComplaints(text: string, path: string): Complaint[] {
  const rest = text.replace(/<(?:https?:\/\/|mailto:|[@#!])[^<>]*>/g, "").replace(/&(?:amp|lt|gt);/g, "");
  return /[<>&]/.test(rest) ? [`${path}: unescaped control character in ${JSON.stringify(rest)}`] : [];
}

const unknownKeys = (object: Json, keys: readonly string[], path: string): Complaint[] =>
  Object.keys(object)
    .filter((key) => !keys.includes(key))
    .map((key) => `${path}: additional property ${key}`);

const lengthOf = (given: unknown, most: number, path: string): Complaint[] =>
  given === undefined || (typeof given === "string" && given.length <= most) ? [] : [`${path}: too long`];

function list(
  given: unknown,
  most: number,
  path: string,
  each: (item: Json, path: string) => Complaint[],
): Complaint[] {
  if (!Array.isArray(given)) return [`${path}: not an array`];
  const length = given.length > most ? [`${path}: more than ${most}`] : [];
  return [...length, ...given.flatMap((item: Json, index) => each(item, `${path}[${index}]`))];
}
