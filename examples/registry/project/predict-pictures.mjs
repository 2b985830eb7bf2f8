import { useBackend } from '@factornet/core';
import { picturesTensor } from '@factornet/core/internal';

await useBackend('wasm');

const input = { shape: [32, 32, 3] };
/** Eight pictures as bytes; any would do. */
const pictures = Uint8Array.from({ length: 8 * 32 * 32 * 3 }, (_, index) => (index * 7919) % 256);

/** What an assembly says about them, and what it consists of. */
export async function predictPictures(network) {
  const images = picturesTensor(pictures, input);
  const predictions = await network.predict(images);
  images.dispose();
  const logits = Object.entries(predictions).map(([task, { logits }]) => [task, [...logits]]);
  const { trunks, factors } = network.plan;
  const packages = [...trunks, ...factors].map(({ name, version }) => `${name}@${version}`);
  network.dispose();
  return { logits: Object.fromEntries(logits), packages };
}
