import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import '../index';
import { allCases } from './all-cases';

/** Gradients that no case can reach, and why. */
const unreachable: Record<string, string> = {
  BroadcastTo: 'tf.broadcastTo runs Tile; no backend has this kernel',
  ComplexAbs: 'complex64 does not exist on the WASM backend',
  LogSoftmax: 'tf.logSoftmax has a gradient of its own; no backend has this kernel',
};

/** Every kernel name that tfjs-core exports as a constant and has a gradient for. */
const registered = [...new Set(Object.values(tf).filter((value) => typeof value === 'string'))]
  .filter((name) => tf.getGradient(name) !== undefined)
  .sort();

const reached = new Set<string>();

beforeAll(async () => {
  const stock = registered.map((name) => tf.getGradient(name));
  for (const config of stock) {
    tf.unregisterGradient(config.kernelName);
    tf.registerGradient({
      ...config,
      gradFunc: (...call) => {
        reached.add(config.kernelName);
        return config.gradFunc(...call);
      },
    });
  }
  await tf.setBackend('wasm');
  for (const { run } of Object.values(allCases).flat()) {
    tf.engine().startScope();
    await run();
    tf.engine().endScope();
  }
  for (const config of stock) {
    tf.unregisterGradient(config.kernelName);
    tf.registerGradient(config);
  }
});

describe('the cases', () => {
  it('reach every gradient that TensorFlow.js registers', () => {
    expect(registered.length).toBeGreaterThan(85);
    expect(registered.filter((name) => !reached.has(name))).toEqual(Object.keys(unreachable));
  });
});
