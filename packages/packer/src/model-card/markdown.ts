/** A table; numbers are text already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text within a cell or a paragraph: names come from data sets, and mean nothing in Markdown. */
export const cell = (text: string) => text.replaceAll(/[\\`*_|<>[\]]/g, '\\$&').replaceAll(/\s+/g, ' ');

/** `12,345` */
export const count = (value: number) => value.toLocaleString('en');

/** `97.0 %` */
export const percent = (value: number | undefined) =>
  value === undefined ? '–' : `${(100 * value).toFixed(1)} %`;

/** `0.0412 %`: small changes, to three digits. */
export const drift = (value: number) => (value === 0 ? '0 %' : `${Number((100 * value).toPrecision(3))} %`);
