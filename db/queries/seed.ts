import type { Database } from "../client.ts";
import { people, roles, tenants } from "../schema/index.ts";

/** The sample people of the embedded default and what they may do. */
export const samplePeople = [
  { id: "maya", name: "Maya", roles: ["manager"] },
  { id: "arun", name: "Arun", roles: ["analyst"] },
  { id: "ana", name: "Ana", roles: ["approver"] },
  { id: "ben", name: "Ben", roles: ["approver"] },
  { id: "eli", name: "Eli", roles: ["evaluator"] },
  { id: "dev", name: "Dev", roles: ["admin"] },
] as const;

/** Makes a tenant with the sample people; what is there already stays as it is. */
export async function seedTenant(database: Database, tenant = "local"): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.insert(tenants).values({ id: tenant, name: tenant }).onConflictDoNothing();
    await transaction
      .insert(people)
      .values(samplePeople.map(({ id, name }) => ({ tenant, id, name })))
      .onConflictDoNothing();
    await transaction
      .insert(roles)
      .values(
        samplePeople.flatMap((person) => person.roles.map((role) => ({ tenant, person: person.id, role }))),
      )
      .onConflictDoNothing();
  });
}
