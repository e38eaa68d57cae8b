/** What people say, by tool: read where the ranker is trained and measured, never while it plans. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { z } from "zod";

const Group = z.strictObject({
  /** A tool's name; `none.<ability>` where no tool can. */
  tool: z.string(),
  /** The sample that the words are about; order-to-cash unless said. */
  log: z.enum(["order-to-cash", "helpdesk", "loan"]).default("order-to-cash"),
  /** Ways to say one thing, or nearly: they are never parted between training and trial. */
  says: z.array(z.string().min(1)).min(1),
});
export type Group = z.infer<typeof Group> & { readonly language: string };

const tools = new URL("../../../../tools/", import.meta.url);
const lacking = new URL("lacking/", import.meta.url);

/** All groups of all languages, in the order of folders and files. */
export function corpus(): Group[] {
  const folders = readdirSync(tools)
    .sort()
    .map((folder) => new URL(`${folder}/utterances/`, tools));
  return [...folders, lacking].filter((folder) => existsSync(folder)).flatMap(groupsIn);
}

function groupsIn(folder: URL): Group[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .sort()
    .flatMap((file) =>
      readFileSync(new URL(file, folder), "utf8")
        .trim()
        .split("\n")
        .map((line) => ({ ...Group.parse(JSON.parse(line)), language: file.slice(0, -".jsonl".length) })),
    );
}

/** Changes with every word of the corpus. */
export const corpusDigest = (groups: readonly Group[]): string =>
  createHash("sha256").update(JSON.stringify(groups)).digest("hex");
