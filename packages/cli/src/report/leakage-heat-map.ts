import type { ProbedLeakage } from '@factornet/factorizer';
import type { Measured } from '@factornet/metrics';
import { escapeHtml } from './html';
import { twoDigits } from './leakage-table';

/**
 * A leakage matrix as a table of coloured numbers with their standard errors, which follows the reader's colour scheme and
 * can be read without colours; z in the last row. Values are coloured from 0 (the page's background) to 1 (full).
 */
export function leakageHeatMap(
  caption: string,
  { codes, common }: Pick<ProbedLeakage, 'codes' | 'common'>,
): string {
  const from = Object.keys(codes);
  const rows = Object.values(codes);
  const to = [...new Set([...from, ...Object.keys(common), ...rows.flatMap((row) => Object.keys(row))])];
  const head = to.map((task) => `<th scope="col"><span>${escapeHtml(task)}</span></th>`).join('');
  const lines = [...Object.entries(codes), ['z', common] as const].map(([source, row]) => {
    const cells = to.map((target) => heatCell(row[target]));
    return `<tr><th scope="row">${escapeHtml(source)}</th>${cells.join('')}</tr>`;
  });
  return (
    `<table class="heat"><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr><th class="corner">from ↓ to →</th>${head}</tr></thead><tbody>${lines.join('')}</tbody></table>`
  );
}

function heatCell(measured: Measured | undefined): string {
  if (measured === undefined) return '<td class="own">–</td>';
  const percent = Math.round(Math.min(1, Math.max(0, measured.value)) * 100);
  const strong = percent > 65 ? ' class="strong"' : '';
  const error = `<small>± ${twoDigits(measured.standardError)}</small>`;
  return `<td${strong} style="--share:${percent}%">${twoDigits(measured.value)}${error}</td>`;
}
