import './wasm-paths.js';
import { useBackend } from '@factornet/core';
import { browser, tensor4d, tidy } from '@tensorflow/tfjs';
import { compose, composeHues, pictureShape } from './composition.js';
import { drawShape } from './draw-shape.js';

const { name: backend } = await useBackend('wasm');
const network = await compose();
await showAnswers();

/** Draws a picture and writes what the network says about it beside what it is. */
async function showAnswers() {
  const [height, width] = pictureShape;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.style = 'width: 256px; image-rendering: pixelated';
  const truth = drawShape(canvas);
  const images = tidy(() => browser.fromPixels(canvas).div(255).expandDims(0));
  const predictions = await network.predict(images);
  images.dispose();
  const lines = network.tasks.map((task) => `${task}: ${predictions[task].labels[0]} (it is ${truth[task]})`);
  const answers = Object.assign(document.createElement('pre'), { textContent: lines.join('\n') });
  document.body.replaceChildren(canvas, answers);
}

/** For the test: what pictures hold, and their pixels, as many numbers from 0 to 255 each. */
globalThis.drawnPictures = async (count) => {
  const [height, width] = pictureShape;
  const drawn = [];
  for (let picture = 0; picture < count; picture++) {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const truth = drawShape(canvas);
    const pixels = browser.fromPixels(canvas);
    drawn.push({ truth, pixels: [...(await pixels.data())] });
    pixels.dispose();
  }
  return drawn;
};

/** For the test, and for the console: logits of pictures, given as numbers, of both compositions. */
globalThis.compositionLogits = async (values) => {
  const hues = await composeHues();
  const images = tensor4d(values, [values.length / pictureShape.reduce((a, b) => a * b), ...pictureShape]);
  const all = await network.predict(images);
  const some = await hues.predict(images);
  images.dispose();
  hues.dispose();
  const logitsOf = (predictions) =>
    Object.fromEntries(Object.entries(predictions).map(([task, { logits }]) => [task, [...logits]]));
  return { backend, all: logitsOf(all), hues: logitsOf(some) };
};
