/** What one step measured. */
export interface TermValues {
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
}

export function emptySum(): TermValues {
  return { loss: 0, terms: {} };
}

export function addSum(sum: TermValues, { loss, terms }: TermValues): TermValues {
  return {
    loss: sum.loss + loss,
    terms: Object.fromEntries(
      Object.entries(terms).map(([name, value]) => [name, (sum.terms[name] ?? 0) + value]),
    ),
  };
}

export function meanOf({ loss, terms }: TermValues, count: number): TermValues {
  return {
    loss: loss / count,
    terms: Object.fromEntries(Object.entries(terms).map(([name, value]) => [name, value / count])),
  };
}
