/**
 * Languages that are recognised and not yet understood, so that a question in one of them gets an honest word instead of
 * a guess. A language leaves this list when it gets a file of its own.
 */
export interface UnspokenLanguage {
  readonly code: string;
  /** Frequent words that no spoken language has; none for languages that their script gives away. */
  readonly words: readonly string[];
  readonly script?: RegExp;
  /** "I do not understand … yet. Please ask in English or another language that I speak." */
  readonly sentence: string;
}

const words = (text: string): readonly string[] => text.split(" ");

export const notYet: readonly UnspokenLanguage[] = [
  {
    code: "ru",
    words: [],
    script: /\p{Script=Cyrillic}/u,
    sentence: "Я пока не понимаю по-русски. Пожалуйста, спросите по-английски.",
  },
  {
    code: "ko",
    words: [],
    script: /\p{Script=Hangul}/u,
    sentence: "아직 한국어를 이해하지 못합니다. 영어로 질문해 주세요.",
  },
  {
    code: "ar",
    words: [],
    script: /\p{Script=Arabic}/u,
    sentence: "لا أفهم العربية بعد. من فضلك اسأل بالإنجليزية.",
  },
  {
    code: "el",
    words: [],
    script: /\p{Script=Greek}/u,
    sentence: "Δεν καταλαβαίνω ακόμη ελληνικά. Ρωτήστε, παρακαλώ, στα αγγλικά.",
  },
  {
    code: "sv",
    words: words(
      "och är inte vi oss var hur vilka vilken vilket många länge varför när har hade från till på ärenden väntar tar visa mig förra veckan månaden",
    ),
    sentence: "Jag förstår ännu inte svenska. Fråga gärna på engelska.",
  },
  {
    code: "tr",
    words: words(
      "ve bir bu için ne nerede neden niçin kaç hangi nasıl kadar biz bizim değil mı mi çok sürüyor geçen hafta ay göster bana siparişler bekliyor",
    ),
    sentence: "Henüz Türkçe anlamıyorum. Lütfen İngilizce sorun.",
  },
];
