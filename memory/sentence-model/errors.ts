import { MillwrightError } from "../../errors.ts";

/** A local sentence model that cannot be used: which file, what is wrong with it, what was expected. */
export class SentenceModelError extends MillwrightError {
  constructor(
    file: string,
    what: string,
    { expected, remedy }: { readonly expected?: string; readonly remedy?: string } = {},
    options?: ErrorOptions,
  ) {
    super(
      "sentence-model",
      500,
      `The sentence model in ${file} ${what}`,
      {
        file,
        ...(expected === undefined ? {} : { expected }),
        remedy:
          remedy ??
          "Mend the folder that MILLWRIGHT_EMBEDDINGS names, or unset it for the built-in embedder.",
      },
      options,
    );
  }
}
