import type { CapacityGuarantee } from '@factornet/factorizer';
import type { Report } from '@factornet/pipeline';
import { numeric, tableOf } from '../render/table';
import { renderText, type Text } from '../render/text';
import { htmlTable } from './html';

type MeasuredInformation = Pick<Report, 'information' | 'guarantees'>;

/** `2.31`; a minus only where two digits show one. */
export function formatNats(nats: number | undefined): string {
  if (nats === undefined || Number.isNaN(nats)) return '–';
  const text = nats.toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

/** What a lower bound says: `≥ 4.64` where that is within 5 % of the most it can say, `1.69` elsewhere. */
function formatLower(lower: number, cap: number): string {
  return `${lower > 0.95 * cap ? '≥ ' : ''}${formatNats(lower)}`;
}

/** One row for z and one for each t: what it tells about the picture. */
export function pictureInformationRows({ information }: Pick<Report, 'information'>): string[][] {
  const { common, codes } = information;
  return [
    ...(common ? [['I(x; z)', formatLower(common.lower, common.cap), '–', '–', formatNats(common.cap)]] : []),
    ...Object.entries(codes).map(([task, { lower, upper, gaussianKL, cap }]) => [
      `I(x; t) of ${task}`,
      formatLower(lower, cap),
      formatNats(upper),
      formatNats(gaussianKL),
      formatNats(cap),
    ]),
  ];
}

const headings = ['at least', 'at most', 'at most, by the prior', 'most that “at least” can say'];

/** What each code tells about the picture, for the page. */
export function pictureInformationTable(report: MeasuredInformation): string {
  return htmlTable(['about the picture, in nats', ...headings], pictureInformationRows(report));
}

/** What each code knows, in nats, for a terminal. */
export function renderInformationTable(report: MeasuredInformation): string {
  return renderText(informationText(report));
}

export function informationText({ information, guarantees }: MeasuredInformation): Text {
  const { common, codes, labels, labelEntropy } = information;
  const table = tableOf(
    [
      'nats',
      numeric('H(y)'),
      numeric('I(t; y) own'),
      numeric('others'),
      numeric('I(x; t) at least'),
      numeric('at most'),
    ],
    Object.entries(labels).map(([task, told]) => {
      const code = codes[task];
      return [
        task,
        formatNats(labelEntropy[task]),
        formatNats(told[task]),
        formatNats(sumOfOthers(task, told)),
        code ? formatLower(code.lower, code.cap) : '–',
        formatNats(code?.upper ?? capacityOf(guarantees[task])),
      ];
    }),
  );
  if (common === undefined) return table;
  const [lower, error, cap] = [common.lower, common.standardError, common.cap].map(formatNats);
  return [table, `I(x; z): at least ${lower} ± ${error} nats, of the ${cap} that this estimate can say`];
}

function capacityOf(guarantee: CapacityGuarantee | undefined): number | undefined {
  return guarantee?.capacity === 'infinite' ? undefined : guarantee?.capacity;
}

/** What a code tells about all other tasks, together. */
function sumOfOthers(task: string, row: Readonly<Record<string, number>>): number | undefined {
  const others = Object.entries(row).filter(([to]) => to !== task);
  return others.length === 0 ? undefined : others.reduce((sum, [, nats]) => sum + nats, 0);
}
