import { renderTable, type Table } from './table';

/** What a command tells people: lines, and tables that are drawn as wide as where they are shown. */
export type Text = string | Table | readonly Text[];

/** @param width of the terminal, in characters; elsewhere as much as it takes */
export function renderText(text: Text, width?: number): string {
  if (typeof text === 'string') return text;
  return 'rows' in text ? renderTable(text, width) : text.map((part) => renderText(part, width)).join('\n');
}
