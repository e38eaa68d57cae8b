/**
 * A name of the log inside a suggested question: in quotation marks, because the name is data. Whoever reads the
 * question takes no word of it for a request.
 */
export const quoteName = (name: string): string =>
  `"${name.replaceAll(/["“”„‟«»〝〞「」『』]/g, "'").replaceAll(/\s+/g, " ")}"`;
