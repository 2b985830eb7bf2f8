import { expect, test } from 'vitest';
import { adviceFor } from './doctor-advice';

const backend = (name: string, runs: boolean, trains = runs) => ({ name, runs, trains, detail: '' });
const all = ['tensorflow', 'webgpu', 'wasm', 'cpu'].map((name) => backend(name, true));

test('says nothing where all is well', () => {
  expect(adviceFor({ node: '22.4.0', npm: '11.0.0', backends: all })).toEqual([]);
});

test.each([
  [{ node: '20.18.9' }, /Node 20\.18\.9 is too old/],
  [{ npm: null }, /npm was not found/],
  [{ backends: [backend('wasm', true, false)] }, /install @factornet\/backend-wasm to train/],
  [{ backends: [backend('wasm', false)] }, /WASM does not run/],
  [{ backends: [backend('tensorflow', false)] }, /tfjs-node-gpu/],
  [{ backends: [backend('webgpu', false)] }, /tfjs-backend-webgpu webgpu/],
])('%j', (change, advice) => {
  expect(adviceFor({ node: '22.4.0', npm: '11.0.0', backends: all, ...change })).toEqual([
    expect.stringMatching(advice),
  ]);
});

test('does not advise tfjs-node where it cannot run', () => {
  const backends = [backend('tensorflow', false)];
  expect(adviceFor({ node: '24.1.0', npm: '11.0.0', backends })).toEqual([]);
});
