export * from "./approvals.ts";
export * from "./calendars.ts";
export * from "./connectors.ts";
export * from "./kpis.ts";
export * from "./logs.ts";
export * from "./models.ts";
export * from "./people.ts";
export * from "./threads.ts";
