/** Names that logs give to attributes, in whatever language the log is: they say what a column holds. */

/** Columns of money. */
export const moneyNames =
  /amount|value|price|cost|total|sum|betrag|wert|preis|montant|montante|importe|importo|valor|valore|kwota|wartość|bedrag|waarde|prix|precio|preço|prezzo|loan|fee|金額|价格|金额|価格/iu;

/** Columns of an organisation's units. */
export const departmentNames =
  /department|org:group|abteilung|département|departamento|reparto|afdeling|dział|部門|部门/iu;
