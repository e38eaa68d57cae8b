/**
 * Cells that spreadsheets would compute (OWASP, "CSV Injection"): those that begin with =, +, -, @, a tab or a line break,
 * or with the wide forms of these signs that Japanese and Chinese spreadsheets take for them. Numbers are none.
 */
const formula = /^[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/u;
const number = /^[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:[eE][+-]?\d+)?%?$/u;
/** A further line of a cell, for programs that take each line for a row whatever its quotation marks say; no item of a list. */
const furtherLine = /(?<=[\r\n])(?:[=@\t\uFF1D\uFF20]|[+\-\uFF0B\uFF0D](?![\d.,]))(?!\s)/gu;

export const runsAsFormula = (text: string): boolean => formula.test(text) && !number.test(text);

/** The text as a spreadsheet shows it: an apostrophe before it says that it is no formula. */
export const withoutFormula = (text: string): string =>
  (runsAsFormula(text) ? `'${text}` : text).replace(furtherLine, "'$&");
