/** How wide a column is when nothing is wrapped. */
export interface ColumnWidth {
  readonly heading: number;
  readonly cells: number;
  /** Numbers are never broken; their heading may be. */
  readonly numeric: boolean;
}

/** Below this nothing is legible. */
const LEAST = 8;

/** Characters that are twice as wide as others: those of East Asia, and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** How many places of a terminal a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /\p{Mark}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Widths of columns, the widest narrowed first, so that the table with its borders takes `available` or, at least, little more. */
export function fitWidths(columns: readonly ColumnWidth[], available: number): number[] {
  const widths = columns.map(({ heading, cells }) => Math.max(heading, cells));
  const least = columns.map(({ cells, numeric }, index) =>
    Math.min(widths[index] as number, numeric ? Math.max(LEAST, cells) : LEAST),
  );
  // A border before each column and one behind all; a space on both sides of every cell.
  const room = available - 3 * columns.length - 1;
  let total = widths.reduce((sum, width) => sum + width, 0);
  for (; total > room; total--) {
    const spare = widths.map((width, index) => (width > (least[index] as number) ? width : 0));
    const widest = Math.max(0, ...spare);
    if (widest === 0) break;
    widths[spare.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** Lines of at most `width`, broken behind a space or a mark; further lines stand back, so that none looks like a row. */
export function wrapped(text: string, width = Number.POSITIVE_INFINITY): string {
  const indent = '  ';
  const lines: string[] = [];
  let rest = text;
  while (displayWidth(rest) > width - (lines.length > 0 ? indent.length : 0)) {
    const head = headOf(rest, width - (lines.length > 0 ? indent.length : 0));
    const broken = /^.*[\s/,:;@-]/s.exec(head)?.[0] ?? head;
    lines.push(broken.trimEnd());
    rest = rest.slice(broken.length);
  }
  return [...lines, rest].join(`\n${indent}`);
}

/** The longest beginning that fits, of one character at least. */
function headOf(text: string, width: number): string {
  let head = '';
  for (const character of text) {
    if (head !== '' && displayWidth(head + character) > width) break;
    head += character;
  }
  return head;
}
