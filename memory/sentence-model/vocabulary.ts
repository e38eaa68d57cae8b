/** BERT's tokenizer from its list of word pieces, for models that come with `vocab.txt` alone. */
import { SentenceModelError } from "./errors.ts";

const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] as const;

/**
 * In the form of `tokenizer.json`: small letters without accents, where the list has no piece with a capital; words
 * and punctuation apart; WordPiece (Wu et al. 2016); `[CLS] … [SEP]` around it.
 * @throws SentenceModelError where a special piece is missing.
 */
export function fromVocabulary(text: string, path: string): object {
  const pieces = text.split(/\r?\n/u).filter((piece) => piece !== "");
  const missing = special.filter((piece) => !pieces.includes(piece));
  if (missing.length > 0)
    throw new SentenceModelError(path, `lacks the pieces ${missing.join(", ")}`, {
      expected: "a WordPiece vocabulary, one piece a line",
    });
  const vocab = Object.fromEntries(pieces.map((piece, at) => [piece, at]));
  const plain = pieces.filter((piece) => !/^\[.+\]$/u.test(piece));
  return {
    added_tokens: special.map((content) => ({ id: vocab[content], content, special: true, ...whole })),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: !plain.some((piece) => /\p{Lu}/u.test(piece)),
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [specialToken("[CLS]"), { Sequence: { id: "A", type_id: 0 } }, specialToken("[SEP]")],
      pair: [],
      special_tokens: Object.fromEntries(
        ["[CLS]", "[SEP]"].map((id) => [id, { id, ids: [vocab[id]], tokens: [id] }]),
      ),
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab,
    },
  };
}

const whole = { single_word: false, lstrip: false, rstrip: false, normalized: false };
const specialToken = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
