import { describe, expect, it } from 'vitest';
import { tensorflow, webgpu } from './candidates';
import { useBackend } from './use-backend';

// This workspace installs none of the optional peers of these two; see pnpm-workspace.yaml.
const major = Number(process.versions.node.split('.')[0]);

describe('the optional backends, where their packages are absent', () => {
  it.runIf(major < 23)('tensorflow names both packages', async () => {
    await expect(tensorflow().activate()).rejects.toThrow(
      /^@tensorflow\/tfjs-node-gpu is not installed; @tensorflow\/tfjs-node is not installed$/,
    );
  });

  it.runIf(major >= 23)('tensorflow says which Node it needs', async () => {
    await expect(tensorflow().activate()).rejects.toThrow(/does not run on Node \d+ .*use Node 20 or 22/);
  });

  it('webgpu names the package that Node needs', async () => {
    await expect(webgpu().activate()).rejects.toThrow(/^webgpu is not installed$/);
  });

  it('auto passes over both and arrives at wasm', async () => {
    const { name, attempts } = await useBackend();
    expect(name).toBe('wasm');
    expect(attempts.map(({ status }) => status)).toEqual([
      'passed over',
      'passed over',
      'chosen',
      'not tried',
    ]);
  });
});

describe('webgpu with a GPU object that is of no use', () => {
  /** Runs with a `navigator.gpu` of our own. */
  async function withGpu(gpu: object, body: () => Promise<void>): Promise<void> {
    const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
    try {
      await body();
    } finally {
      if (before) Object.defineProperty(globalThis, 'navigator', before);
      else Reflect.deleteProperty(globalThis, 'navigator');
    }
  }

  it('says that there is no adapter', async () => {
    await withGpu({ requestAdapter: async () => null }, async () => {
      await expect(webgpu().activate()).rejects.toThrow('there is no WebGPU adapter');
    });
  });

  it('names the missing TensorFlow.js package once there is an adapter', async () => {
    await withGpu({ requestAdapter: async () => ({}) }, async () => {
      await expect(webgpu().activate()).rejects.toThrow('@tensorflow/tfjs-backend-webgpu is not installed');
    });
  });
});
