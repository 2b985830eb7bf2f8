import type { PerTask } from '@factornet/factorizer';
import { escapeHtml } from './html';
import { formatNats } from './information-table';

/**
 * I(t_j; y_k) in nats as a table of coloured numbers: rows t_j, columns y_k with H(y_k), the most there is to tell. Own
 * tasks have a colour of their own, for there much is good. Coloured by the share of H(y_k).
 */
export function informationHeatMap(
  caption: string,
  labels: Readonly<Record<string, PerTask>>,
  labelEntropy: PerTask,
): string {
  const to = Object.keys(labelEntropy);
  const head = to.map(
    (task) =>
      `<th scope="col"><span>${escapeHtml(task)}</span><small>of ${formatNats(labelEntropy[task])}</small></th>`,
  );
  const rows = Object.entries(labels).map(([source, row]) => {
    const cells = to.map((target) => cell(row[target], labelEntropy[target] as number, source === target));
    return `<tr><th scope="row">${escapeHtml(source)}</th>${cells.join('')}</tr>`;
  });
  return (
    `<table class="heat"><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr><th class="corner">t of ↓ y of →</th>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
  );
}

function cell(nats: number | undefined, entropy: number, own: boolean): string {
  if (nats === undefined) return '<td class="own">–</td>';
  const percent = entropy > 0 ? Math.round(Math.min(1, Math.max(0, nats / entropy)) * 100) : 0;
  const classes = [...(own ? ['wanted'] : []), ...(percent > 65 ? ['strong'] : [])];
  const named = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
  return `<td${named} style="--share:${percent}%">${formatNats(nats)}</td>`;
}
