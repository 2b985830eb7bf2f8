import Table from 'cli-table3';
import { plainLine } from './plain-text';

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
  // A name of a stranger with a line break in it must not look like rows of ours.
  table.push(...rows.map((row) => row.map((cell) => plainLine(String(cell)))));
  return table.toString();
}

/** What something is, one fact a line, without a box: values may be long, and terminals wrap lines best. */
export function renderFacts(facts: readonly (readonly [name: string, value: string | number])[]): string {
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts
    .map(([name, value]) => `${plainLine(name).padEnd(width)}  ${plainLine(String(value))}`)
    .join('\n');
}

/** A column of numbers. */
export function numeric(heading: string): Column {
  return { heading, numeric: true };
}
