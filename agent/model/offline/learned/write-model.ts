/** `npm run ranker`: writes the trained ranker anew. */
import { writeFileSync } from "node:fs";
import { fitRanker, saidByPeople } from "./fit.ts";
import { encode, modelFile } from "./model.ts";

writeFileSync(modelFile, encode(fitRanker(saidByPeople())));
