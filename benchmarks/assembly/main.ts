// Ten factors of one common-knowledge network: loading against TensorFlow.js alone, predicting against own times.
//   pnpm bench:assembly [--json] [--quick] [--only <case>]
import { useBackend } from '@factornet/core';
import { Command, Option } from 'commander';
import { descriptionOfMachine } from '../wasm/machine';
import { type CaseName, caseNames, cases } from './cases';
import { measureLoading } from './loading';
import { packNetworks } from './packed-networks';
import { measurePredicting } from './predicting';
import { type CaseFigures, renderReport } from './report';

const { json, quick, only } = new Command('bench:assembly')
  .description('Loading and predicting with ten factors of one common-knowledge network, on WASM')
  .option('--json', 'print one JSON object', false)
  .option('--quick', 'fewer repeats: half a minute', false)
  .addOption(new Option('--only <case>', 'measure one case').choices(caseNames))
  .parse()
  .opts<{ json: boolean; quick: boolean; only?: CaseName }>();

const batches = [1, 32];
const repeats = {
  loading: quick ? { atLeast: 3, atMost: 9, seconds: 2 } : { atLeast: 15, atMost: 51, seconds: 20 },
  predicting: quick ? { atLeast: 3, atMost: 15, seconds: 2 } : { atLeast: 15, atMost: 101, seconds: 15 },
};
const progress = (line: string) => process.stderr.write(`${line}\n`);

const startedAt = performance.now();
await useBackend('wasm');
const machine = await descriptionOfMachine();
const figures: Partial<Record<CaseName, CaseFigures>> = {};
for (const name of caseNames.filter((each) => only === undefined || only === each)) {
  progress(`${name}: packing`);
  const networks = await packNetworks(cases[name]);
  try {
    const models = [
      networks.common.manifest.model,
      ...networks.factors.flatMap(({ manifest }) => [manifest.specific, manifest.head]),
    ];
    progress(`${name}: loading`);
    const loading = await measureLoading(networks, repeats.loading);
    const predicting: Record<string, CaseFigures['predicting'][string]> = {};
    for (const batch of batches) {
      progress(`${name}: predicting ${batch} at once`);
      predicting[batch] = await measurePredicting(networks, batch, repeats.predicting);
    }
    const weightBytes = models.reduce((total, { weights }) => total + weights.bytes, 0);
    figures[name] = { weightBytes, loading, predicting };
  } finally {
    await networks.remove();
  }
}
const report = { machine, quick, seconds: (performance.now() - startedAt) / 1000, figures };
process.stdout.write(`${json ? JSON.stringify(report) : renderReport(report)}\n`);
