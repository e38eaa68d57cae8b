/** What an amount of money is counted in, as a log says it: in a column of codes, or in the attribute's own name. */

/** Columns of money, in whatever language the log is. */
export const moneyNames =
  /amount|value|price|cost|total|sum|revenue|turnover|betrag|wert|preis|umsatz|montant|prix|importe|importo|valor|valore|precio|preço|prezzo|kwota|wartość|cena|bedrag|waarde|prijs|omzet|loan|fee|金額|價格|金额|価格|价格|売上/iu;

const currencyNames =
  /curr|währung|waehrung|devise|moneda|divisa|valuta|waluta|moeda|通貨|币种|货币|^ccy$|iso_?4217/iu;

const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Codes that a name may end or begin with: those that are no common word besides. */
const inNames =
  /(?:^|[^\p{L}])(EUR|USD|GBP|JPY|CHF|PLN|CNY|SEK|NOK|DKK|CZK|HUF|BRL|INR|AUD|CAD)(?![\p{L}])/iu;

const signs: Readonly<Record<string, string>> = { "€": "EUR", $: "USD", "£": "GBP", "¥": "JPY" };

/** ISO 4217 code of what a currency column holds ("eur", "€"); null where it is none. */
export function currencyCode(written: string): string | null {
  const plain = written.trim();
  const code = signs[plain] ?? plain.toUpperCase();
  return codes.has(code) ? code : null;
}

/** "amount_eur", "Betrag (EUR)". */
export const currencyInName = (attribute: string): string | null => {
  const sign = Object.keys(signs).find((own) => attribute.includes(own));
  return sign === undefined ? (inNames.exec(attribute)?.[1]?.toUpperCase() ?? null) : signs[sign]!;
};

/** A column that is called so and holds nothing but currencies. */
export const isCurrencyColumn = (name: string, values: readonly string[]): boolean =>
  currencyNames.test(name) && values.length > 0 && values.every((value) => currencyCode(value) !== null);
