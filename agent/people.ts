import type { Database } from "../db/client.ts";
import { listPeople, personById, personByIdentity, personByToken } from "../db/queries/people.ts";
import type { AgentService } from "./service.ts";

export const createPeople = (database: Database): Pick<AgentService, "people" | "identify"> => ({
  people: (tenant) => listPeople(database, tenant),
  identify(credential) {
    if ("token" in credential) return personByToken(database, credential.token);
    if ("channel" in credential) return personByIdentity(database, credential.channel, credential.subject);
    return personById(database, credential.tenant, credential.person);
  },
});
