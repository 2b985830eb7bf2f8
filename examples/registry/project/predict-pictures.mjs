import { picturesTensor, probePictures, useBackend } from '@factornet/core';

await useBackend('wasm');

/** What an assembly says about eight pictures, and what it consists of. */
export async function predictPictures(network) {
  const input = { shape: [32, 32, 3] };
  const images = picturesTensor(probePictures(input, 8), input);
  const predictions = await network.predict(images);
  images.dispose();
  const logits = Object.entries(predictions).map(([task, { logits }]) => [task, [...logits]]);
  const { trunks, factors } = network.plan;
  const packages = [...trunks, ...factors].map(({ name, version }) => `${name}@${version}`);
  network.dispose();
  return { logits: Object.fromEntries(logits), packages };
}
