// Run as a process of its own: takes a step, disposes of nothing, and must come to an end all the same.
import * as tf from '@tensorflow/tfjs';
import '../index';
import { createReplicas } from '../workers';

await tf.setBackend('wasm');
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
const replicas = await createReplicas({ models: [model], workers: 2 });
const { value } = await replicas.variableGrads(tf.ones([4, 2]), ([output]) => (output as tf.Tensor).mean());
console.log(`step done: ${Number.isFinite(value.dataSync()[0])}`);
