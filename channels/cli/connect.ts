/**
 * Where the agent is: in this process on the embedded database or on Postgres, or in the server of ours that holds the
 * embedded database's lock.
 */
import { setTimeout as wait } from "node:timers/promises";
import { MillwrightError } from "../../errors.ts";
import type { Person } from "../contract.ts";
import type { Millwright, OpenMillwrightOptions } from "../main.ts";
import type { Connection, Connector, ConnectRequest } from "./connection.ts";
import { CredentialNeededError, TokenRefusedError, UnknownPersonError } from "./errors.ts";
import { createRemote } from "./remote.ts";

export interface ConnectorEngines {
  open(options: OpenMillwrightOptions): Promise<Millwright>;
  /** Who holds the embedded database of a data folder; null when nobody living does. */
  holder(data: string): Promise<{ readonly pid: number; readonly address: string | null } | null>;
  /** The secret that the holding server has left for its own OS user. */
  secret(data: string): Promise<string>;
}

/** How long another command of ours may keep the database before we give up. */
const patienceMilliseconds = 30_000;

export function createConnector(engines: ConnectorEngines): Connector {
  return async (request) => {
    const url = request.environment["DATABASE_URL"];
    if (url) return overMillwright(await engines.open({ ...optionsOf(request), databaseUrl: url }), request);
    return embedded(engines, request, Date.now() + patienceMilliseconds);
  };
}

/** Takes the lock, or talks to whoever has it; waits where that is a short-lived command like ours. */
async function embedded(
  engines: ConnectorEngines,
  request: ConnectRequest,
  until: number,
): Promise<Connection> {
  const holder = await engines.holder(request.data);
  if (holder?.address) return overServer(holder.address, await engines.secret(request.data), request);
  try {
    if (!holder || Date.now() > until) return overMillwright(await engines.open(optionsOf(request)), request);
  } catch (error) {
    const locked = error instanceof MillwrightError && error.code === "database-locked";
    if (!locked || Date.now() > until) throw error;
  }
  await wait(100);
  return embedded(engines, request, until);
}

const optionsOf = ({ data, zone, environment }: ConnectRequest): OpenMillwrightOptions => ({
  data,
  environment,
  ...(zone === undefined ? {} : { zone }),
});

function overMillwright(millwright: Millwright, { environment }: ConnectRequest): Connection {
  const { service, tenant } = millwright;
  return {
    service,
    tenant,
    person: (name) => localPerson(millwright, name, environment["MILLWRIGHT_TOKEN"]),
    importLog: (request) => millwright.importLog(request),
    exportLog: (request) => service.exportLog({ ...request, tenant }),
    setKpis: (_person, kpis) => millwright.setKpis(kpis),
    calendars: millwright.calendars,
    issueToken: (caller, owner, label) => millwright.issueToken(caller, owner, label),
    close: () => millwright.close(),
  };
}

/** By token where there is one; by name alone only on the embedded database, which belongs to this OS user. */
async function localPerson(
  { service, tenant, embedded }: Millwright,
  name: string | undefined,
  token: string | undefined,
): Promise<Person | null> {
  if (token) return matching(await service.identify({ token }), name);
  if (name === undefined && embedded) return null;
  if (name === undefined || !embedded) throw new CredentialNeededError();
  const person = await service.identify({ person: name, tenant });
  if (!person) throw new UnknownPersonError(name);
  return person;
}

/** A token speaks for its own person only. */
function matching(person: Person | null, name: string | undefined): Person {
  if (!person) throw new TokenRefusedError("MILLWRIGHT_TOKEN is unknown, expired or revoked.");
  if (name === undefined || name === person.id) return person;
  throw new TokenRefusedError(`MILLWRIGHT_TOKEN is ${person.id}'s, not ${name}'s.`);
}

function overServer(address: string, secret: string, { environment }: ConnectRequest): Connection {
  const remote = createRemote({ address, secret });
  const token = environment["MILLWRIGHT_TOKEN"];
  return {
    service: remote.service,
    // The server speaks for its own tenant only.
    tenant: "",
    async person(name) {
      if (token) return matching(await remote.byToken(token), name);
      return name === undefined ? null : remote.session(name);
    },
    importLog: remote.importLog,
    exportLog: remote.exportLog,
    setKpis: remote.setKpis,
    calendars: remote.calendars,
    issueToken: remote.issueToken,
    close: async () => undefined,
  };
}
