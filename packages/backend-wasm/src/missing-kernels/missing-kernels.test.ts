import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from 'vitest';
import { registerTrainingKernels, unregisterTrainingKernels } from '../index';
import { missingKernels } from './missing-kernels';

const namesOn = (backend: string) => tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName);
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const table = readme.slice(readme.indexOf('## Kernels that the stock backend lacks')).split('\n## ')[0] ?? '';

afterAll(registerTrainingKernels);

describe('the kernels that the stock WASM backend lacks', () => {
  it('are those of the table', () => {
    unregisterTrainingKernels();
    const stock = namesOn('wasm');
    expect(
      namesOn('cpu')
        .filter((name) => !stock.includes(name))
        .sort(),
    ).toEqual(Object.keys(missingKernels));
  });

  it('are registered where the table says so', () => {
    registerTrainingKernels();
    const ours = namesOn('wasm');
    for (const [name, answer] of Object.entries(missingKernels)) {
      expect(ours.includes(name), name).toBe(answer === 'provided');
    }
  });

  it.each(Object.entries(missingKernels))('are in the README: %s', (name, answer) => {
    const row = table.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${name}\``));
    expect(row, `a row with \`${name}\``).toBeDefined();
    expect(row).toMatch(answer === 'provided' ? /\| provided/ : /\| no: /);
  });
});
