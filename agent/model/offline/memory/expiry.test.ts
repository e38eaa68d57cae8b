import { describe, expect, it } from "vitest";
import { lastingWishIn } from "./expiry.ts";

/** A Wednesday. */
const when = { now: new Date("2026-07-01T09:00:00Z"), zone: "UTC" };
const wishes = (language: string, text: string) => lastingWishIn(text, [language], when);
const friday = "2026-07-04T00:00:00.000Z";
const twoWeeks = "2026-07-15T09:00:00.000Z";
const today = "2026-07-02T00:00:00.000Z";
const tomorrow = "2026-07-03T00:00:00.000Z";
const month = "2026-08-01T00:00:00.000Z";
const december = "2027-01-01T00:00:00.000Z";

describe("until when what was said last is remembered", () => {
  it.each([
    ["en", "remember that until Friday", friday],
    ["en", "remember that until next Friday", friday],
    ["en", "remember that for two weeks", twoWeeks],
    ["en", "remember this for the next 14 days", twoWeeks],
    ["en", "remember that only for today", today],
    ["en", "please remember it, but only until tomorrow", tomorrow],
    ["en", "remember that until the end of the month", month],
    ["en", "remember that until 31 December", december],
    ["en", "remember that for a month", month],
    ["de", "merk dir das bis Freitag", friday],
    ["de", "merke dir das für zwei Wochen", twoWeeks],
    ["de", "merk dir das nur für heute", today],
    ["de", "merk dir das bis Monatsende", month],
    ["de", "merk dir das bis zum 31. Dezember", december],
    ["fr", "retiens cela jusqu'à vendredi", friday],
    ["fr", "retiens ça pendant deux semaines", twoWeeks],
    ["fr", "retiens cela seulement pour aujourd'hui", today],
    ["es", "recuerda eso hasta el viernes", friday],
    ["es", "recuerda eso durante dos semanas", twoWeeks],
    ["es", "recuerda esto solo por hoy", today],
    ["pt", "lembra-te disso até sexta-feira", friday],
    ["pt", "lembra-te disso durante duas semanas", twoWeeks],
    ["pt", "lembra isso só por hoje", today],
    ["it", "ricorda questo fino a venerdì", friday],
    ["it", "ricorda questo per due settimane", twoWeeks],
    ["it", "ricorda questo solo per oggi", today],
    ["nl", "onthoud dat tot vrijdag", friday],
    ["nl", "onthoud dit twee weken lang", twoWeeks],
    ["nl", "onthoud dat alleen voor vandaag", today],
    ["pl", "zapamiętaj to do piątku", friday],
    ["pl", "zapamiętaj to na dwa tygodnie", twoWeeks],
    ["pl", "zapamiętaj to tylko na dzisiaj", today],
    ["ja", "金曜日まで覚えておいて", friday],
    ["ja", "2週間覚えておいて", twoWeeks],
    ["ja", "今日だけ覚えておいて", today],
    ["zh", "到星期五请记住这个", friday],
    ["zh", "请记住这个，两周", twoWeeks],
    ["zh", "记住这个，仅限今天", today],
  ])("%s: %s", (language, text, until) => {
    expect(wishes(language, text)).toMatchObject({ wish: { kind: "remember", what: null } });
    expect(wishes(language, text)?.until?.toISOString()).toBe(until);
  });
});

describe("until when something is remembered", () => {
  it.each([
    ["en", "remember until Friday that Carla is away", "Carla is away", friday],
    ["en", "until Friday, remember that Carla is away", "Carla is away", friday],
    [
      "en",
      "remember for two weeks that late means more than 5 days",
      "late means more than 5 days",
      twoWeeks,
    ],
    ["en", "remember that month end is busy, only for today", "month end is busy", today],
    ["en", "Carla is away, remember that until Friday", "Carla is away", friday],
    ["de", "merk dir bis Freitag, dass Carla weg ist", "Carla weg ist", friday],
    ["de", "merk dir, dass Carla weg ist, nur bis Freitag", "Carla weg ist", friday],
    ["fr", "retiens jusqu'à vendredi que Carla est absente", "Carla est absente", friday],
  ])("%s: %s", (language, text, said, until) => {
    const found = wishes(language, text);
    expect(found?.wish).toMatchObject({ kind: "remember", what: { text: said } });
    expect(found?.until?.toISOString()).toBe(until);
  });

  it("keeps the whole note where its last words say until when it is so", () => {
    const found = wishes("en", "remember that Carla is away until Friday");
    expect(found?.wish).toMatchObject({ what: { text: "Carla is away until Friday" } });
    expect(found?.until?.toISOString()).toBe(friday);
  });

  it("is said in passing, too", () => {
    const found = wishes("en", "until Friday, late means more than 5 days");
    expect(found?.wish).toMatchObject({
      kind: "define",
      what: { term: "late", meaning: "more than 5 days" },
    });
    expect(found?.until?.toISOString()).toBe(friday);
  });
});

describe("time that belongs to what is remembered is no end of it", () => {
  it.each([
    "remember that late means more than two weeks",
    "remember that late means no answer until Friday",
    "remember that shipments take two weeks longer",
    "remember that the invoices of March were imported twice",
    "remember that there was a strike last week",
    "slow means more than ten days",
    "remember that",
  ])("%s", (text) => {
    expect(wishes("en", text)).toMatchObject({ until: null });
  });

  it("and what has passed is none", () => {
    expect(wishes("en", "remember that until 1 May 2020")?.until ?? null).toBeNull();
  });

  it("leaves questions alone", () => {
    for (const text of [
      "how many orders until Friday?",
      "show me the orders for two weeks",
      "only this week",
    ])
      expect(wishes("en", text)).toBeNull();
  });
});
