import Table from 'cli-table3';

/** One column: its heading, and whether it holds numbers. */
export interface Column {
  readonly heading: string;
  readonly numeric?: boolean;
}

/** A table with rules under its head, without colours, numbers to the right. */
export function renderTable(
  columns: readonly (string | Column)[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const described = columns.map((column) => (typeof column === 'string' ? { heading: column } : column));
  const table = new Table({
    head: described.map(({ heading }) => heading),
    colAligns: described.map(({ numeric }) => (numeric ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => row.map(String)));
  return table.toString();
}

/** Two columns without a head: what something is. */
export function renderFacts(facts: readonly (readonly [name: string, value: string | number])[]): string {
  const table = new Table({ style: { head: [], border: [], compact: true } });
  table.push(...facts.map(([name, value]) => [name, String(value)]));
  return table.toString();
}

/** A column of numbers. */
export function numeric(heading: string): Column {
  return { heading, numeric: true };
}
