import Renderer from 'cli-table3';
import { displayWidth, fitWidths, wrapped } from './fit-width';
import { plainLine } from './plain-text';

/** One column: its heading, and whether it holds numbers. */
export interface Column {
  readonly heading: string;
  readonly numeric?: boolean;
}

/** A table that is not drawn yet, since how wide it may be is known where it is shown. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export function tableOf(columns: readonly (string | Column)[], rows: Table['rows']): Table {
  return {
    columns: columns.map((column) => (typeof column === 'string' ? { heading: column } : column)),
    rows,
  };
}

/** A column of numbers. */
export function numeric(heading: string): Column {
  return { heading, numeric: true };
}

/**
 * A table with rules under its head, without colours, numbers to the right. What does not fit into `width` characters is
 * wrapped within its cell; without a width nothing is.
 */
export function renderTable({ columns, rows }: Table, width = Number.POSITIVE_INFINITY): string {
  // A name of a stranger with a line break in it must not look like rows of ours.
  const cells = rows.map((row) => row.map((cell) => plainLine(String(cell))));
  const widths = fitWidths(
    columns.map(({ heading, numeric = false }, index) => ({
      heading: displayWidth(heading),
      cells: Math.max(0, ...cells.map((row) => displayWidth(row[index] ?? ''))),
      numeric,
    })),
    width,
  );
  const table = new Renderer({
    head: columns.map(({ heading }, index) => wrapped(heading, widths[index])),
    colAligns: columns.map(({ numeric }) => (numeric ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...cells.map((row) => row.map((cell, index) => wrapped(cell, widths[index]))));
  return table.toString();
}

/** What something is, one fact a line, without a box: values may be long, and terminals wrap lines best. */
export function renderFacts(facts: readonly (readonly [name: string, value: string | number])[]): string {
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts
    .map(([name, value]) => `${plainLine(name).padEnd(width)}  ${plainLine(String(value))}`)
    .join('\n');
}
