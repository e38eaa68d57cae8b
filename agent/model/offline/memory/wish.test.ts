import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";
import { stateOf } from "../state.ts";
import { type Wish, wishIn } from "./wish.ts";

const remembered = (text: string): Wish => ({ kind: "remember", what: { text } });
const last: Wish = { kind: "remember", what: null };
const forgetLast: Wish = { kind: "forget", what: "last" };
const all: Wish = { kind: "forget", what: "all" };

const said: readonly (readonly [language: string, text: string, wish: Wish | null])[] = [
  ["en", "remember that", last],
  ["en", "Please remember this for next time.", last],
  ["en", "ok, remember it!", last],
  ["en", "remember that for good", last],
  ["de", "merk dir das dauerhaft", last],
  [
    "en",
    "by the way, late for us means more than 5 days",
    {
      kind: "define",
      what: { text: "late for us means more than 5 days", term: "late", meaning: "more than 5 days" },
    },
  ],
  [
    "de",
    "bei uns heißt dringend: Priorität hoch",
    {
      kind: "define",
      what: { text: "bei uns heißt dringend: Priorität hoch", term: "dringend", meaning: "Priorität hoch" },
    },
  ],
  ["en", "remember for good that month end is always busy", remembered("month end is always busy")],
  ["en", "remember that month end is always busy", remembered("month end is always busy")],
  ["en", "month end is always busy, please remember that", remembered("month end is always busy")],
  ["en", "do you remember the credit check?", null],
  [
    "en",
    'For this thread only: "small parcel" means anything below 2 kg.',
    {
      kind: "define",
      what: {
        text: 'For this thread only: "small parcel" means anything below 2 kg.',
        term: "small parcel",
        meaning: "anything below 2 kg",
      },
    },
  ],
  ["en", "forget that", forgetLast],
  ["en", "forget everything you know about me.", all],
  ["en", "forget what late means", { kind: "forget", what: { words: "late", kept: true } }],
  ["en", "what do you remember about me?", { kind: "list" }],
  [
    "en",
    "did I ask about credit checks before?",
    { kind: "recall", words: "did I ask about credit checks before?" },
  ],
  [
    "de",
    "was haben wir über das Monatsende gesagt?",
    { kind: "recall", words: "was haben wir über das Monatsende gesagt?" },
  ],
  [
    "ja",
    "当社で「長期化」は20日超のことを指します",
    {
      kind: "define",
      what: { text: "当社で「長期化」は20日超のことを指します", term: "長期化", meaning: "20日超" },
    },
  ],
  [
    "zh",
    "记住：以后我说“大单”就是指金额超过3000的订单",
    {
      kind: "remember",
      what: {
        text: "以后我说“大单”就是指金额超过3000的订单",
        term: "大单",
        meaning: "金额超过3000的订单",
        always: true,
      },
    },
  ],
  ["zh", "我问过信用检查吗？", { kind: "recall", words: "我问过信用检查吗？" }],
  [
    "ja",
    "うちでは2週間を超えたら「遅延」と呼びます",
    {
      kind: "define",
      what: {
        text: "うちでは2週間を超えたら「遅延」と呼びます",
        term: "遅延",
        meaning: "うちでは2週間を超え",
      },
    },
  ],
  ["ja", "何か確認してほしいことはありますか", null],
  ["ja", "慣習になっていることは何", null],
  [
    "zh",
    "超过两周的我们叫延误",
    { kind: "define", what: { text: "超过两周的我们叫延误", term: "延误", meaning: "超过两周的" } },
  ],
  ["de", "Merk dir das bitte", last],
  ["de", "merk dir, dass am Monatsende viel los ist", remembered("am Monatsende viel los ist")],
  ["de", "vergiss alles, was du über mich weißt", all],
  ["de", "vergiss, was verspätet heißt", { kind: "forget", what: { words: "verspätet", kept: true } }],
  ["de", "Was weißt du über mich?", { kind: "list" }],
  ["fr", "retiens que la fin du mois est chargée", remembered("la fin du mois est chargée")],
  ["fr", "oublie tout ce que tu sais sur moi", all],
  ["es", "recuerda que fin de mes siempre es un caos", remembered("fin de mes siempre es un caos")],
  ["es", "olvida eso", forgetLast],
  ["pt", "lembra-te disso", last],
  ["it", "dimentica tutto quello che sai di me", all],
  ["nl", "onthoud dat", last],
  ["pl", "zapomnij o tym", forgetLast],
  ["pl", "zapamiętaj, że na koniec miesiąca jest tłok", remembered("na koniec miesiąca jest tłok")],
  ["ja", "それを覚えておいて", last],
  ["ja", "それを忘れて", forgetLast],
  ["zh", "请记住这一点", last],
  ["zh", "忘记关于我的一切", all],
];

const defined: readonly (readonly [language: string, text: string, term: string, meaning: string])[] = [
  ["en", "late means that the promised date has passed", "late", "the promised date has passed"],
  ["en", "when I say slow I mean more than 10 days", "slow", "more than 10 days"],
  ["en", 'by "GR" I mean goods receipt', "GR", "goods receipt"],
  [
    "de",
    "verspätet heißt, dass der zugesagte Termin vorbei ist",
    "verspätet",
    "der zugesagte Termin vorbei ist",
  ],
  ["de", "mit WE meine ich Wareneingang", "WE", "Wareneingang"],
  ["fr", "en retard veut dire que la date promise est passée", "en retard", "la date promise est passée"],
  ["es", "cuando digo lento, quiero decir más de 10 días", "lento", "más de 10 días"],
  ["pt", "atrasado significa que a data prometida passou", "atrasado", "a data prometida passou"],
  ["it", "in ritardo significa che la data promessa è passata", "in ritardo", "la data promessa è passata"],
  ["nl", "met GO bedoel ik goederenontvangst", "GO", "goederenontvangst"],
  ["pl", "opóźnione oznacza, że minął obiecany termin", "opóźnione", "minął obiecany termin"],
  ["ja", "遅延とは約束の日を過ぎたこと", "遅延", "約束の日を過ぎたこと"],
  ["zh", "逾期的意思是超过承诺日期", "逾期", "超过承诺日期"],
];

describe("what people ask of a memory", () => {
  it.each(said)("%s: %s", (language, text, wish) => {
    expect(wishIn(text, [language])).toEqual(wish);
  });

  it.each(defined)("%s defines in passing: %s", (language, text, term, meaning) => {
    expect(wishIn(text, [language])).toEqual({ kind: "define", what: { text, term, meaning } });
  });

  it("is remembered together with what a word means", () => {
    expect(wishIn("remember that late means the promised date has passed", ["en"])).toEqual({
      kind: "remember",
      what: {
        text: "late means the promised date has passed",
        term: "late",
        meaning: "the promised date has passed",
      },
    });
  });

  it.each([
    ["en", "from now on answer in German", "de"],
    ["de", "antworte ab jetzt auf Englisch", "en"],
    ["pl", "odpowiadaj po niemiecku", "de"],
    ["fr", "réponds en espagnol désormais", "es"],
    ["ja", "これからは英語で答えて", "en"],
    ["zh", "从现在起用英语回答", "en"],
  ])("%s knows the language that is wanted: %s", (spoken, text, language) => {
    expect(wishIn(text, [spoken])).toMatchObject({ what: { language } });
  });

  it.each([
    "how many orders are late?",
    "show the mean cycle time",
    "what does late mean?",
    "where do cases wait longest?",
    "use the loan log",
    "share of late orders by country",
    "that means we are late",
    "make a rule that escalates orders over 500",
  ])("leaves questions alone: %s", (text) => {
    expect(wishIn(text, ["en"])).toBeNull();
  });
});

describe("right after something was kept", () => {
  const state = { ...stateOf({}), frames: [{ tool: "memory.remember", input: {} }] };
  const planOf = (text: string) =>
    analyse(text, sampleBriefing(text, "order-to-cash", { state: { ...state } }));

  it.each(["vergiss das wieder", "olvídalo, ya no hace falta", "dimenticalo", "oublie-la"])(
    "it is forgotten: %s",
    (text) => {
      expect(planOf(text)).toMatchObject({ kind: "calls", frames: [{ tool: "memory.forget" }] });
    },
  );

  it("a question is a question", () => {
    expect(planOf("how long do orders take?")).toMatchObject({
      kind: "calls",
      frames: [{ tool: "kpi.query" }],
    });
  });
});
