/** Systems that people speak of and that are not connected. */
import type { Briefing } from "../../provider.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { spansOf } from "../text/patterns.ts";
import { overlap, type Span } from "../text/utterance.ts";
import type { Said } from "./said.ts";

/** By what everybody calls them; plain words ("Notion", "Linear") are none. */
const known =
  "jira|sap|salesforce|servicenow|service ?now|zendesk|hubspot|confluence|asana|trello|github|gitlab|azure devops|freshdesk|freshservice|netsuite|workday|dynamics(?: 365)?|odoo|stripe|paypal|shopify|quickbooks|datev|successfactors|ariba|coupa|pipedrive|intercom|magento|docusign|twilio|mailchimp|bitbucket|clickup|otrs|redmine|youtrack|xero|personio|bamboohr|woocommerce|airtable|crm|erp";

/** The name as it was written; null where none is named, or the one that is named is connected, or the log has it. */
export function unconnectedIn(said: Said, reading: Reading, { systems = [] }: Briefing): string | null {
  const { text } = said.words;
  const pattern = new RegExp(
    `(?<![\\p{Script=Latin}\\p{N}])(?:${known})(?![\\p{Script=Latin}\\p{N}])`,
    "giu",
  );
  const found = [...text.matchAll(pattern)]
    .map(({ index, 0: name }) => ({ name, start: index, end: index + name.length }))
    .filter((span) => ![...said.systemSpans, ...said.words.quotes].some((other) => overlap(span, other)))
    .filter(
      ({ name }) =>
        !systems.some(({ id, title }) => `${id} ${title}`.toLowerCase().includes(name.toLowerCase())),
    )
    .find((span) => !isOfLog(reading, span));
  return found === undefined || isAsked(reading, found) ? null : found.name;
}

const isOfLog = (reading: Reading, span: Span): boolean =>
  [...linksOf(reading, "thing"), ...linksOf(reading, "log"), ...linksOf(reading, "kpi")].some((link) =>
    overlap(link, span),
  );

/** "is Jira connected?", "set up a connection to SAP": of the connection itself, which other tools tell of or make. */
const isAsked = (reading: Reading, name: Span): boolean =>
  reading.senses.some(
    (sense) =>
      sense.meaning.kind === "concept" &&
      (sense.meaning.value === "connector" || sense.meaning.value === "import") &&
      !overlap(sense, name) &&
      spansOf(reading, ticketing).every((span) => !overlap(span, sense)),
  );

/** "the ticket system" is one. */
const ticketing = "ticket(?:ing)? ?(?:systems?|tools?)";
