// The composition in Node: node node/main.js <pictures> <logits>, both files of JSON.
import { readFile, writeFile } from 'node:fs/promises';
import { useBackend } from '@factornet/core';
import { tensor4d } from '@tensorflow/tfjs';
import { compose, pictureShape } from '../page/composition.js';

const [picturesFile, logitsFile] = process.argv.slice(2);
await useBackend('wasm');
const network = await compose();
const values = JSON.parse(await readFile(picturesFile, 'utf8'));
const images = tensor4d(values, [values.length / pictureShape.reduce((a, b) => a * b), ...pictureShape]);
const predictions = await network.predict(images);
images.dispose();
network.dispose();
const logits = Object.entries(predictions).map(([task, { logits }]) => [task, [...logits]]);
await writeFile(logitsFile, JSON.stringify(Object.fromEntries(logits)));
