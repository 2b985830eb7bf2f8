/**
 * Finds the columns of an array by their headings: `x` alone, or numbered as `x0`, `x.1`, `x_2` or `x[3]`, in the
 * order of their numbers. `x` comes before them, as pandas names repeated columns `x`, `x.1`, `x.2`.
 *
 * @returns their positions, none if there is no such column; or a heading whose place is taken
 */
export function findColumns(headings: readonly string[], name: string): number[] | { taken: string } {
  const byNumber = new Map<number, number>();
  for (const [position, heading] of headings.entries()) {
    const number = heading.startsWith(name) ? columnNumber(heading.slice(name.length)) : undefined;
    if (number === undefined) continue;
    if (byNumber.has(number)) return { taken: heading };
    byNumber.set(number, position);
  }
  return [...byNumber].sort(([a], [b]) => a - b).map(([, position]) => position);
}

/** −1 for no number. */
function columnNumber(suffix: string): number | undefined {
  if (suffix === '') return -1;
  const [, plain, inBrackets] = /^(?:[._]?(\d{1,9})|\[(\d{1,9})\])$/.exec(suffix) ?? [];
  const digits = plain ?? inBrackets;
  return digits === undefined ? undefined : Number(digits);
}
