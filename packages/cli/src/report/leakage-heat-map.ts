import type { PerTask } from '@factornet/factorizer';
import { escapeHtml } from './html';

/**
 * A leakage matrix as a table of coloured numbers, which follows the reader's colour scheme and can be read
 * without colours. Values are coloured from 0 (the page's background) to 1 (full).
 */
export function leakageHeatMap(caption: string, leakage: Readonly<Record<string, PerTask>>): string {
  const from = Object.keys(leakage);
  const to = [...new Set([...from, ...Object.values(leakage).flatMap((row) => Object.keys(row))])];
  const head = to.map((task) => `<th scope="col"><span>${escapeHtml(task)}</span></th>`).join('');
  const rows = from.map((source) => {
    const cells = to.map((target) => heatCell(source === target ? undefined : leakage[source]?.[target]));
    return `<tr><th scope="row">${escapeHtml(source)}</th>${cells.join('')}</tr>`;
  });
  return (
    `<table class="heat"><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr><th class="corner">from ↓ to →</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`
  );
}

function heatCell(value: number | undefined): string {
  if (value === undefined) return '<td class="own">–</td>';
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  const strong = percent > 65 ? ' class="strong"' : '';
  const text = value.toFixed(2);
  return `<td${strong} style="--share:${percent}%">${text === '-0.00' ? '0.00' : text}</td>`;
}
