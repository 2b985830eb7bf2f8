import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { type BackendAttempt, useBackend } from '@factornet/core';
import { BackendUnavailableError } from '@factornet/spec';
import { enableProdMode, getKernel } from '@tensorflow/tfjs';
import type { Work } from '../../context';
import { EXIT_OK, EXIT_USAGE } from '../../exit-codes';
import type { Outcome } from '../../io';
import type { GlobalOptions } from '../../options/global-options';
import { renderFacts, renderTable } from '../../render/table';
import { adviceFor } from './doctor-advice';

/** What became of one backend when it was asked for alone. */
export interface BackendDiagnosis {
  readonly name: string;
  readonly runs: boolean;
  /** Facts about it, or why it cannot run. */
  readonly detail: string;
  /** Whether it has the kernel without which no convolution can be trained. */
  readonly trains: boolean;
}

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
    renderTable(
      ['backend', 'runs', 'trains', 'detail'],
      backends.map(({ name, runs, trains, detail }) => [name, yes(runs), yes(trains), detail]),
    ),
    `--backend auto chooses ${auto.name}.`,
    ...advice.map((line) => `- ${line}`),
  ];
  return {
    json: { ...facts, chosen: auto.name, backends, advice },
    text: lines.join('\n'),
    exitCode: backends.some(({ runs }) => runs) ? EXIT_OK : EXIT_USAGE,
  };
}

async function diagnoseBackend(name: string): Promise<BackendDiagnosis> {
  try {
    const { attempts } = await useBackend(name);
    const chosen = attempts.find(({ status }) => status === 'chosen') as BackendAttempt;
    const trains = getKernel('Conv2DBackpropFilter', name) !== undefined;
    return { name, runs: true, detail: chosen.detail, trains };
  } catch (error) {
    if (!BackendUnavailableError.isInstance(error)) throw error;
    const detail = error.reasons.map((reason) => reason.replace(`${name}: `, '')).join('; ');
    return { name, runs: false, detail, trains: false };
  }
}

async function npmVersion(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('npm', ['--version'], {
      shell: process.platform === 'win32',
    });
    return stdout.trim();
  } catch {
    return null;
  }
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}
