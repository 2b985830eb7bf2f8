import Table from 'cli-table3';
import type { KernelFigure } from './kernels';
import type { Report } from './report';

interface Row {
  readonly figure: string;
  readonly value: number | undefined;
  readonly bar?: { readonly atLeast: number } | { readonly atMost: number };
  readonly milliseconds: Readonly<Record<string, number>> | undefined;
}

/** The report as tables: figures against the bars they have to clear, then the kernels. */
export function renderReport(report: Report): string {
  const { machine, quick, seconds, kernels } = report;
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.loadAverage.toFixed(2)} at the start`,
    `medians, ${seconds.toFixed(0)} s in all${quick ? '; --quick: few repeats, so noisy' : ''}`,
    renderFigures(rowsOf(report)),
    ...(kernels === undefined ? [] : [renderKernels(kernels)]),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function rowsOf(report: Report): Row[] {
  const { stepSpeedupOverCpu, stepOverForward, stepOverForwardAdam, workerSpeedup, milliseconds } = report;
  const bars: Record<string, number> = { simpleConv64: 4, resnet18: 4, mobilenetV2: 6 };
  const perNetwork = Object.entries(milliseconds.stepOverForward ?? {});
  const rows: Row[] = [
    {
      figure: 'stepSpeedupOverCpu',
      value: stepSpeedupOverCpu,
      bar: { atLeast: 80 },
      milliseconds: milliseconds.stepSpeedupOverCpu,
    },
    ...perNetwork.map(([name, medians]) => ({
      figure: `stepOverForward.${name}`,
      value: stepOverForward?.[name as keyof typeof stepOverForward],
      bar: { atMost: bars[name] as number },
      milliseconds: medians,
    })),
    ...perNetwork.map(([name, { forward, stepAdam = Number.NaN }]) => ({
      figure: `stepOverForwardAdam.${name}`,
      value: stepOverForwardAdam?.[name as keyof typeof stepOverForwardAdam],
      milliseconds: { forward, stepAdam },
    })),
    {
      figure: 'workerSpeedup.2',
      value: workerSpeedup?.[2],
      bar: { atLeast: 1.7 },
      milliseconds: milliseconds.workerSpeedup,
    },
  ];
  return rows.filter(({ value }) => value !== undefined);
}

function renderFigures(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const table = plainTable(['figure', 'value', 'bar', 'met', 'medians in ms']);
  for (const { figure, value = Number.NaN, bar, milliseconds = {} } of rows) {
    const medians = Object.entries(milliseconds).map(([name, each]) => `${name}: ${each.toFixed(1)}`);
    table.push([figure, value.toFixed(2), ...verdict(value, bar), medians.join(', ')]);
  }
  return table.toString();
}

function verdict(value: number, bar: Row['bar']): [bar: string, met: string] {
  if (bar === undefined) return ['', ''];
  if ('atLeast' in bar) return [`≥ ${bar.atLeast}`, value >= bar.atLeast ? 'yes' : 'no'];
  return [`≤ ${bar.atMost}`, value <= bar.atMost ? 'yes' : 'no'];
}

function renderKernels(kernels: readonly KernelFigure[]): string {
  const table = plainTable(['kernel', 'shape', 'ms', 'GFLOP/s', '÷ matrix product', 'GB/s']);
  for (const figure of kernels) {
    table.push([
      figure.kernel,
      figure.shape,
      figure.milliseconds.toFixed(2),
      figure.gflops?.toFixed(1) ?? '',
      figure.overMatrixProduct?.toFixed(2) ?? '',
      figure.gigabytesPerSecond?.toFixed(1) ?? '',
    ]);
  }
  return table.toString();
}

function plainTable(head: string[]) {
  // Without rules between the rows: there are dozens.
  const chars = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };
  return new Table({ head, chars, style: { head: [], border: [] } });
}
