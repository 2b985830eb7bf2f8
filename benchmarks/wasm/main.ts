// Training on the WASM backend: its speed against the CPU backend, its own forward pass, and the matrix product.
//   pnpm bench:wasm [--json] [--quick] [--only <figure>]
import { useBackend } from '@factornet/core';
import { Command, Option } from 'commander';
import { measureKernels } from './kernels';
import { descriptionOfMachine } from './machine';
import { renderReport } from './print-tables';
import type { Report } from './report';
import { measureStepOverForward, stepOverForwardNetworks } from './step-over-forward';
import { measureStepSpeedupOverCpu } from './step-speedup-over-cpu';
import { measureWorkerSpeedup } from './worker-speedup';

const figures = [
  'stepSpeedupOverCpu',
  ...stepOverForwardNetworks.map((name) => `stepOverForward.${name}`),
  'workerSpeedup',
  'kernels',
];
const { json, quick, only } = new Command('bench:wasm')
  .description('Training on the WASM backend: steps, worker threads and gradient kernels')
  .option('--json', 'print one JSON object', false)
  .option('--quick', 'fewer repeats, no Adam: a minute at most', false)
  .addOption(new Option('--only <figure>', 'measure one figure').choices(figures))
  .parse()
  .opts<{ json: boolean; quick: boolean; only?: string }>();

const wanted = (figure: string) => only === undefined || only === figure;
const progress = (line: string) => process.stderr.write(`${line}\n`);
const repeats = {
  steps: quick ? { atLeast: 1, atMost: 5, seconds: 1.5 } : { atLeast: 9, atMost: 15, seconds: 60 },
  smallSteps: quick ? { atLeast: 5, atMost: 15, seconds: 0.5 } : { atLeast: 15, atMost: 50, seconds: 10 },
  workers: quick ? { atLeast: 2, atMost: 2, seconds: 0 } : { atLeast: 9, atMost: 15, seconds: 60 },
  kernels: quick ? { atLeast: 1, atMost: 3, seconds: 0.1 } : { atLeast: 9, atMost: 31, seconds: 4 },
};

const startedAt = performance.now();
await useBackend('wasm');
const machine = await descriptionOfMachine();
let report: Report = { machine, quick, seconds: 0, milliseconds: {} };

if (wanted('stepSpeedupOverCpu')) {
  progress('stepSpeedupOverCpu');
  const { milliseconds, stepSpeedupOverCpu } = await measureStepSpeedupOverCpu(
    repeats.smallSteps,
    quick ? 1 : 3,
  );
  report = {
    ...report,
    stepSpeedupOverCpu,
    milliseconds: { ...report.milliseconds, stepSpeedupOverCpu: milliseconds },
  };
}

for (const name of stepOverForwardNetworks.filter((name) => wanted(`stepOverForward.${name}`))) {
  progress(`stepOverForward.${name}`);
  const { stepOverForward, stepOverForwardAdam, milliseconds } = measureStepOverForward(name, repeats.steps, {
    adam: !quick,
  });
  report = {
    ...report,
    stepOverForward: { ...report.stepOverForward, [name]: stepOverForward },
    ...(stepOverForwardAdam !== undefined && {
      stepOverForwardAdam: { ...report.stepOverForwardAdam, [name]: stepOverForwardAdam },
    }),
    milliseconds: {
      ...report.milliseconds,
      stepOverForward: { ...report.milliseconds.stepOverForward, [name]: milliseconds },
    },
  };
}

if (wanted('workerSpeedup')) {
  progress('workerSpeedup');
  const { workerSpeedup, milliseconds } = await measureWorkerSpeedup(repeats.workers, quick ? 1 : 2);
  report = {
    ...report,
    workerSpeedup,
    milliseconds: { ...report.milliseconds, workerSpeedup: milliseconds },
  };
}

if (wanted('kernels')) {
  report = { ...report, kernels: measureKernels(repeats.kernels, (line) => progress(`kernels ${line}`)) };
}

report = { ...report, seconds: (performance.now() - startedAt) / 1000 };
process.stdout.write(`${json ? JSON.stringify(report) : renderReport(report)}\n`);
