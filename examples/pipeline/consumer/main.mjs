// Runs in a project outside the workspace, on installed packages alone:
//   node main.mjs <common package> <factor package…>
// Reads pictures.bin, assembles, writes outputs.json.
import { readFile, writeFile } from 'node:fs/promises';
import { assemble, planJoint } from '@factornet/assembler';
import { useBackend } from '@factornet/core';
import { tensor4d } from '@tensorflow/tfjs';

const [commonName, ...factorNames] = process.argv.slice(2);
const { name: backend } = await useBackend('wasm');

const { default: common } = await import(commonName);
const factors = await Promise.all(factorNames.map(async (name) => (await import(name)).default));

const startedAt = performance.now();
const network = await assemble(common, factors);
const assembledAt = performance.now();

const [height, width, channels] = common.manifest.input.shape;
const bytes = await readFile('pictures.bin');
const pictures = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const pictureSize = height * width * channels;
const batchSize = 100;

const logits = Object.fromEntries(network.tasks.map((task) => [task, []]));
let batches = 0;
await forEachBatch(async (images) => {
  const outputs = await network.predict(images);
  for (const task of network.tasks) logits[task].push(...outputs[task].logits);
  batches += 1;
});
const commonEvaluationsPerInput = network.commonEvaluations / batches;
const secondsToAssemble = (assembledAt - startedAt) / 1000;
const secondsToPredict = (performance.now() - assembledAt) / 1000;
const joint = await predictJointly();
network.dispose();

await writeFile(
  'outputs.json',
  JSON.stringify({ backend, logits, joint, commonEvaluationsPerInput, secondsToAssemble, secondsToPredict }),
);

async function forEachBatch(work) {
  for (let start = 0; start < pictures.length; start += batchSize * pictureSize) {
    const values = pictures.slice(start, start + batchSize * pictureSize);
    const images = tensor4d(values, [values.length / pictureSize, height, width, channels]);
    await work(images);
    images.dispose();
  }
}

/** How likely each of all classes is, where all factors are for some classes of one label space. */
async function predictJointly() {
  const spaces = factors.map(({ manifest }) => manifest.task.labelSpace?.name);
  const [labelSpace] = spaces;
  if (factors.length < 2 || labelSpace === undefined || spaces.some((space) => space !== labelSpace)) return;
  const probabilities = [];
  await forEachBatch(async (images) => {
    probabilities.push(...(await network.predictJoint(images, labelSpace)).probabilities);
  });
  const { indices, temperature } = planJoint(
    factors.map(({ manifest }) => manifest),
    labelSpace,
  );
  return { labelSpace, indices, temperature, probabilities };
}
