import { describe, expect, it } from "vitest";
import { memoryWords } from "../languages/memory-words.ts";
import { zoneWishIn } from "./zone-wish.ts";

const zone = (language: string, text: string) => zoneWishIn(text, [language], memoryWords)?.zone ?? null;

describe("a time zone that is asked for in words", () => {
  it.each([
    ["en", "use Berlin time", "Europe/Berlin"],
    ["en", "please use Berlin time from now on", "Europe/Berlin"],
    ["en", "show all times in UTC", "UTC"],
    ["en", "switch to New York time", "America/New_York"],
    ["en", "my time zone is Asia/Kolkata", "Asia/Kolkata"],
    ["en", "show times in Tokyo time", "Asia/Tokyo"],
    ["en", "use the time zone Europe/Berlin", "Europe/Berlin"],
    ["en", "always use Pacific time", "America/Los_Angeles"],
    ["de", "nimm Berliner Zeit", "Europe/Berlin"],
    ["de", "zeig alle Zeiten in Londoner Zeit", "Europe/London"],
    ["de", "meine Zeitzone ist Wien", "Europe/Vienna"],
    ["fr", "utilise l'heure de Paris", "Europe/Paris"],
    ["es", "usa la hora de Madrid", "Europe/Madrid"],
    ["pt", "usa a hora de Lisboa", "Europe/Lisbon"],
    ["it", "usa l'ora di Roma", "Europe/Rome"],
    ["nl", "gebruik Amsterdam tijd", "Europe/Amsterdam"],
    ["pl", "użyj czasu warszawski", "Europe/Warsaw"],
    ["ja", "東京時間を使って", "Asia/Tokyo"],
    ["ja", "ベルリン時間で表示して", "Europe/Berlin"],
    ["zh", "用柏林时间", "Europe/Berlin"],
    ["zh", "请改用东京时间", "Asia/Tokyo"],
  ])("%s: %s", (language, text, name) => {
    expect(zone(language, text)).toBe(name);
  });

  it.each([
    "how long is the cycle time in Berlin?",
    "show the cycle time",
    "show waiting time by country",
    "show Berlin orders",
    "use the loan log",
    "show Paris",
    "use lead time",
    "show the time in transit for Berlin",
    "use business hours of the Berlin office",
    "set a limit of 5 days",
  ])("is not in: %s", (text) => {
    expect(zone("en", text)).toBeNull();
  });
});
