/** `npm run ranker`: writes the trained ranker anew. */
import { writeFileSync } from "node:fs";
import { encode } from "./file.ts";
import { fitRanker, saidByPeople } from "./fit.ts";
import { modelFile } from "./model.ts";

writeFileSync(modelFile, encode(fitRanker(saidByPeople())));
