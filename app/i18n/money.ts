// Amounts as a French reader writes them. By hand from Intl's numbers, for the reason given in format.ts.

const cents = new Intl.NumberFormat("fr-FR", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const dollars = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 0 });

/**
 * "de 0,24 à 0,71 $US", from a hundred on without cents, which no estimate knows; what costs less than a cent costs
 * "moins de 0,01 $US", and nothing "0 $US".
 */
export function usdRange(low: number, high: number): string {
  if (high <= 0) return "0\u00a0$US";
  if (high < 0.01) return "moins de 0,01\u00a0$US";
  const amounts = high < 100 ? cents : dollars;
  const [from, to] = [low, high].map((value) => amounts.format(value).replace(/\s/g, "\u202f"));
  return from === to ? `${to}\u00a0$US` : `de ${from} à ${to}\u00a0$US`;
}
