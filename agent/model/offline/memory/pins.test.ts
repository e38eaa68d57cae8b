import { describe, expect, it } from "vitest";
import { memoryWords } from "../languages/memory-words.ts";
import { pinWishIn } from "./pins.ts";

const wish = (language: string, text: string) => pinWishIn(text, [language], memoryWords)?.wish ?? null;

describe("what people ask of pins", () => {
  it.each([
    ["en", "pin this", null],
    ["en", "please pin the KPI on time", "on time"],
    ["en", "pin credit wait", "credit wait"],
    ["de", "hefte das an", null],
    ["de", "hefte die Kennzahl Liefertreue an", "Liefertreue"],
    ["fr", "épingle cela", null],
    ["fr", "épingle l'indicateur délai", "délai"],
    ["es", "fija esto", null],
    ["es", "fija el indicador plazo", "plazo"],
    ["pt", "fixa isto", null],
    ["it", "fissa questo", null],
    ["nl", "zet dit vast", null],
    ["nl", "zet de kpi doorlooptijd vast", "doorlooptijd"],
    ["pl", "przypnij to", null],
    ["pl", "przypnij wskaźnik terminowość", "terminowość"],
    ["ja", "これをピン留めして", null],
    ["ja", "納期遵守をピン留めして", "納期遵守"],
    ["zh", "置顶这个", null],
    ["zh", "把准时率置顶", "准时率"],
  ])("%s pins: %s", (language, text, words) => {
    expect(wish(language, text)).toEqual({ kind: "pin", words });
  });

  it.each([
    ["en", "unpin on time", "on time"],
    ["de", "hefte Liefertreue ab", "Liefertreue"],
    ["fr", "désépingle délai", "délai"],
    ["pl", "odepnij to", null],
    ["zh", "取消置顶准时率", "准时率"],
  ])("%s unpins: %s", (language, text, words) => {
    expect(wish(language, text)).toEqual({ kind: "unpin", words });
  });

  it.each([
    ["en", "what have I pinned?"],
    ["de", "Was habe ich angeheftet?"],
    ["fr", "qu'ai-je épinglé ?"],
    ["es", "¿qué he fijado?"],
    ["ja", "何をピン留めしましたか"],
    ["zh", "我置顶了什么？"],
  ])("%s shows pins: %s", (language, text) => {
    expect(wish(language, text)).toEqual({ kind: "pinned" });
  });

  it.each([
    ["en", "have we decided on something like this before?"],
    ["de", "Haben wir so etwas schon einmal entschieden?"],
    ["fr", "avons-nous déjà décidé quelque chose comme ça ?"],
    ["es", "¿hemos decidido ya algo así?"],
    ["nl", "hebben we zoiets al eens besloten?"],
    ["zh", "我们以前决定过类似的事情吗？"],
  ])("%s asks for decisions: %s", (language, text) => {
    expect(wish(language, text)).toMatchObject({ kind: "decided" });
  });

  it.each([
    "how many orders are late?",
    "pinpoint the bottleneck",
    "show the KPIs",
    "where is the pin code entered?",
  ])("leaves other things alone: %s", (text) => {
    expect(wish("en", text)).toBeNull();
  });
});
