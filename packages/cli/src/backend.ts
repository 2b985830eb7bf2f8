import { type BackendReport, useBackend } from '@factornet/core';
import { enableProdMode } from '@tensorflow/tfjs';
import type { Work } from './context';

/** Makes the backend that `--backend` asks for current. @throws BackendUnavailableError */
export async function selectBackend({ options, log }: Work): Promise<BackendReport> {
  // Silences TensorFlow.js's advertisement of tfjs-node, which `factornet doctor` gives when asked.
  enableProdMode();
  const report = await useBackend(options.backend);
  const detail = report.attempts.find(({ status }) => status === 'chosen')?.detail ?? '';
  log(`Backend: ${report.name} (${detail})`);
  return report;
}
