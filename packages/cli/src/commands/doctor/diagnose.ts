import { availableParallelism } from 'node:os';
import { useBackend } from '@factornet/core';
import { runManager } from '@factornet/registry';
import { enableProdMode } from '@tensorflow/tfjs';
import type { Work } from '../../context';
import { EXIT_OK, EXIT_USAGE } from '../../exit-codes';
import type { Outcome } from '../../io';
import type { GlobalOptions } from '../../options/global-options';
import { renderFacts, tableOf } from '../../render/table';
import { type BackendDiagnosis, diagnoseBackend } from './diagnose-backend';
import { adviceFor } from './doctor-advice';

/** Everything `factornet doctor` looks at. */
export async function diagnose(_options: GlobalOptions, _work: Work): Promise<Outcome> {
  enableProdMode();
  // A run on all candidates first: it gives the names, and what `auto` would choose.
  const auto = await useBackend('auto');
  const backends: BackendDiagnosis[] = [];
  for (const { name } of auto.attempts) backends.push(await diagnoseBackend(name));
  await useBackend(auto.name);
  const facts = {
    node: process.versions.node,
    npm: await npmVersion(),
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
  };
  const advice = adviceFor({ ...facts, backends });
  const lines = [
    renderFacts(Object.entries(facts).map(([name, value]) => [name, value ?? 'not found'])),
    tableOf(
      ['backend', 'runs', 'trains', 'detail'],
      backends.map(({ name, runs, trains, detail }) => [name, yes(runs), yes(trains), detail]),
    ),
    `--backend auto chooses ${auto.name}.`,
    ...advice.map((line) => `- ${line}`),
  ];
  return {
    json: { ...facts, chosen: auto.name, backends, advice },
    text: lines,
    exitCode: backends.some(({ runs }) => runs) ? EXIT_OK : EXIT_USAGE,
  };
}

async function npmVersion(): Promise<string | null> {
  return runManager('npm', ['--version']).catch(() => null);
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}
