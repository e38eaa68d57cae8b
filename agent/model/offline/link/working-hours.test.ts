import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { briefing } from "../fixtures/briefing.ts";
import { languageOf } from "../languages/index.ts";
import { read } from "./read.ts";
import { linksOf } from "./reading.ts";

const hoursIn = (text: string, language = "en") =>
  linksOf(read(text, languageOf(language), briefing(text, { language })), "hours")[0]?.hours ?? null;

const office = (from: string, to: string) =>
  Object.fromEntries(
    ["monday", "tuesday", "wednesday", "thursday", "friday"].map((day) => [day, [[from, to]]]),
  );

describe("working hours in words", () => {
  it.each([
    ["en", "count business hours Mon-Fri 9-17 only", "09:00", "17:00"],
    ["en", "cycle time, counting Monday to Friday from 8 to 18", "08:00", "18:00"],
    ["en", "how long do orders take, 9am-5pm Mon-Fri?", "09:00", "17:00"],
    ["en", "how long do orders take on Mon-Fri 9 to 5?", "09:00", "17:00"],
    ["en", "cycle time in business hours from 8:30 to 16:30", "08:30", "16:30"],
    ["de", "zähle nur Geschäftszeiten Mo–Fr 9–17 Uhr", "09:00", "17:00"],
    ["de", "wie lange dauern Aufträge von Montag bis Freitag zwischen 8 und 18 Uhr?", "08:00", "18:00"],
    ["de", "Durchlaufzeit in der Arbeitszeit von 8:15 bis 16 Uhr", "08:15", "16:00"],
    ["fr", "durée des commandes en heures ouvrées, lundi à vendredi de 9h à 17h", "09:00", "17:00"],
  ])("%s: %s", (language, text, from, to) => {
    expect(hoursIn(text, language)?.hours).toEqual(office(from, to));
  });

  it("have days and hours of their own, and the zone that is named", () => {
    expect(hoursIn("waiting time, Mon-Thu 8-12 and 13-17 and Fri 8-14, Europe/Berlin")).toEqual({
      name: "Mon-Thu 8-12 and 13-17 and Fri 8-14",
      hours: {
        ...Object.fromEntries(
          ["monday", "tuesday", "wednesday", "thursday"].map((day) => [
            day,
            [
              ["08:00", "12:00"],
              ["13:00", "17:00"],
            ],
          ]),
        ),
        friday: [["08:00", "14:00"]],
      },
      zone: "Europe/Berlin",
    });
    expect(Object.keys(hoursIn("Mon, Wed and Sat 9-12 only")?.hours ?? {})).toEqual([
      "monday",
      "wednesday",
      "saturday",
    ]);
    expect(Object.keys(hoursIn("Fri to Mon 9-12 only")?.hours ?? {}).sort()).toEqual([
      "friday",
      "monday",
      "saturday",
      "sunday",
    ]);
  });

  it.each([
    "orders from 9 to 17 euros",
    "how many orders came in on Monday?",
    "cycle time from 1 to 5 May",
    "cycle time Mon-Fri 25-27",
    "cases with 3 to 5 steps",
    "compare Monday to Friday",
  ])("are not in: %s", (text) => expect(hoursIn(text)).toBeNull());
});

describe("a time zone in words", () => {
  const saidTo = (text: string, language: string) => analyse(text, briefing(text, { language }));

  it.each([
    ["en", "use the time zone Asia/Tokyo", "Asia/Tokyo"],
    ["en", "set the time zone to America/New_York", "America/New_York"],
    ["de", "verwende die Zeitzone Asia/Tokyo", "Asia/Tokyo"],
  ])("%s: %s is kept for the thread", (language, text, zone) => {
    const plan = saidTo(text, language);
    expect(plan.kind === "calls" && plan.frames).toMatchObject([
      { tool: "memory.define", input: { kind: "preference", term: "zone", meaning: { zone } } },
    ]);
  });

  it("inside a question is not followed, and which one counts is said", () => {
    const plan = saidTo("how many orders came in last week in Asia/Tokyo?", "en");
    expect(plan.kind === "say" && [plan.say, plan.said.headline.values]).toEqual([
      "cannot",
      { zone: "Europe/Berlin", example: "use Asia/Tokyo" },
    ]);
  });

  it("is no office of the log", () => {
    const { links } = read("cycle time Mon-Fri 9-17, Europe/Berlin", languageOf("en"), briefing("", {}));
    expect(links.filter(({ kind }) => kind === "thing")).toEqual([]);
  });
});
