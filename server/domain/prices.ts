// What a template message costs: Twilio's fee and Meta's, which depends on the template's category and on the country of
// the number. Data with a date, to be renewed by hand; an estimate is a range, because neither the category under which
// Meta files a template nor an account's volume discount is known here.

type MetaRates = { utilityUsd: number; marketingUsd: number };

export const priceTable = {
  /** the day these were the published rates */
  date: "2026-10-01",
  /** per message sent or received (twilio-facts 8) */
  twilioUsd: 0.005,
  markets: [
    { name: "North America", dialCodes: ["+1"], rates: { utilityUsd: 0.0034, marketingUsd: 0.025 } },
    {
      // France left its own rate for this group's on 1 January 2026.
      name: "Western Europe without rates of their own",
      dialCodes: ["+33", "+32", "+41", "+43", "+45", "+46", "+47", "+351", "+353", "+358"],
      rates: { utilityUsd: 0.0171, marketingUsd: 0.0592 },
    },
    {
      name: "Africa without rates of their own",
      dialCodes: [
        "+213",
        "+216",
        "+221",
        "+223",
        "+225",
        "+226",
        "+227",
        "+228",
        "+229",
        "+237",
        "+241",
        "+242",
        "+261",
      ],
      rates: { utilityUsd: 0.004, marketingUsd: 0.0225 },
    },
  ],
  /** the cheapest and the dearest market of the table: the range for countries whose rate is not in it */
  elsewhere: { utilityUsd: 0.0008, marketingUsd: 0.1597 },
} as const;

export type CostEstimate = {
  lowUsd: number;
  highUsd: number;
  /** `YYYY-MM-DD` of the price table */
  priceDate: string;
  /** messages to countries of which only the widest range is known */
  unknownCountry: number;
};

/** The cost of one template message to each of these numbers, from all utility to all marketing; US dollars. */
export function estimateCost(messagesPerDialCode: ReadonlyMap<string, number>): CostEstimate {
  let [low, high, unknownCountry] = [0, 0, 0];
  for (const [dialCode, count] of messagesPerDialCode) {
    const rates = ratesOf(dialCode);
    if (!rates) unknownCountry += count;
    const { utilityUsd, marketingUsd } = rates ?? priceTable.elsewhere;
    low += count * (priceTable.twilioUsd + utilityUsd);
    high += count * (priceTable.twilioUsd + marketingUsd);
  }
  return { lowUsd: low, highUsd: high, priceDate: priceTable.date, unknownCountry };
}

function ratesOf(dialCode: string): MetaRates | undefined {
  return priceTable.markets.find(({ dialCodes }) => (dialCodes as readonly string[]).includes(dialCode))
    ?.rates;
}
