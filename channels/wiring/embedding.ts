/** The embedder of memory. */
import type { Database } from "../../db/client.ts";
import type { DataFolder } from "../data-folder.ts";
import { tenant } from "./tenant.ts";

/**
 * The embedder that the environment names: a server by its address, a sentence model by its folder; else the built-in one,
 * which knows what the planner's languages call things. Frequent words are known whatever embeds.
 */
export async function embedding(database: Database, folder: DataFolder, environment: NodeJS.ProcessEnv) {
  const { fillersOf, ideasOf } = await import("../../agent/model/offline/memory/ideas.ts");
  const named = environment["MILLWRIGHT_EMBEDDINGS"];
  if (!named) {
    const { ideaEmbedder } = await import("../../memory/embed.ts");
    return { fillersOf, embedder: ideaEmbedder(ideasOf) };
  }
  if (/^https?:/iu.test(named))
    return { fillersOf, embedder: await hostedEmbedding(named, database, folder, environment) };
  const { openSentenceModel } = await import("../../memory/sentence-model/open.ts");
  const dimensions = environment["MILLWRIGHT_EMBEDDINGS_DIMENSIONS"];
  const embedder = await openSentenceModel(named, dimensions ? { dimensions: Number(dimensions) } : {});
  return { fillersOf, embedder, closeEmbedder: embedder.close };
}

async function hostedEmbedding(
  url: string,
  database: Database,
  folder: DataFolder,
  environment: NodeJS.ProcessEnv,
) {
  const [{ hostedEmbedder }, { createPseudonyms }, { pseudonymKey }, { readSecret }, { listPeople }] =
    await Promise.all([
      import("../../memory/hosted-embedder.ts"),
      import("../../memory/redact.ts"),
      import("../data-folder.ts"),
      import("../../agent/model/secret.ts"),
      import("../../db/queries/people.ts"),
    ]);
  const reference = environment["MILLWRIGHT_EMBEDDINGS_KEY"];
  const pseudonymisation = await pseudonymKey(folder);
  return hostedEmbedder({
    url,
    model: environment["MILLWRIGHT_EMBEDDINGS_MODEL"] || "text-embedding-3-small",
    dimensions: Number(environment["MILLWRIGHT_EMBEDDINGS_DIMENSIONS"] || 512),
    key: () => (reference ? readSecret(reference) : null),
    async hide(texts) {
      // People join while the process runs.
      const names = (await listPeople(database, tenant)).map(({ name }) => name);
      const { hide } = createPseudonyms({ key: pseudonymisation, tenant, names });
      return texts.map(hide);
    },
  });
}
