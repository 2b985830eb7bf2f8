import { Worker } from 'node:worker_threads';
import { integrityOf } from '@factornet/core/internal';
import { ShapeMismatchError, type TaskDescription } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { type Tensor4D, tensor2d, tensor4d } from '@tensorflow/tfjs';
import type { Teacher } from '../teacher/teacher';
import { tinyInput } from './tiny';

/** Plain loops over plain numbers: means over four by four tiles are its map, sums of cosines its logits. */
const source = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ id, pixels, count, side, classes }) => {
  const map = new Float32Array(count * 48);
  for (let at = 0; at < pixels.length; at++) {
    const channel = at % 3;
    const column = Math.floor(at / 3) % side;
    const row = Math.floor(at / 3 / side) % side;
    const picture = Math.floor(at / 3 / side / side);
    const tile = Math.floor((4 * row) / side) * 4 + Math.floor((4 * column) / side);
    map[picture * 48 + tile * 3 + channel] += (16 * pixels[at]) / side / side;
  }
  const logits = classes.map((width, task) =>
    Float32Array.from({ length: count * width }, (_, at) => {
      const values = map.subarray(Math.floor(at / width) * 48, Math.floor(at / width) * 48 + 48);
      return values.reduce((sum, value, index) => sum + value * Math.cos(index * (1 + (at % width)) + task), 0);
    }),
  );
  parentPort.postMessage({ id, map, logits });
});`;

interface Answer {
  readonly id: number;
  readonly map: Float32Array;
  readonly logits: readonly Float32Array[];
}

/** A teacher that is no TensorFlow.js network and runs in another thread. Its tap `tiles` is a map `[4, 4, 3]`. */
export async function workerTeacher(tasks: readonly TaskDescription[]): Promise<Teacher> {
  const worker = new Worker(source, { eval: true });
  worker.unref();
  const waiting = new Map<number, (answer: Answer) => void>();
  worker.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const [side] = tinyInput.shape;
  const classes = tasks.filter(isClassification).map((task) => task.classes.length);
  let asked = 0;
  return {
    name: 'worker',
    input: tinyInput,
    tasks,
    taps: ['tiles'],
    tapShapes: { tiles: [4, 4, 3] },
    digest: await integrityOf(new TextEncoder().encode(source)),
    async evaluate(images: Tensor4D) {
      const [count, ...shape] = images.shape;
      if (shape.join() !== tinyInput.shape.join()) {
        throw new ShapeMismatchError({ what: 'pictures', expected: tinyInput.shape, received: shape });
      }
      const id = asked++;
      const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
      worker.postMessage({ id, pixels: await images.data(), count, side, classes });
      const { map, logits } = await answered;
      return {
        features: { tiles: tensor4d(map, [count, 4, 4, 3]) },
        logits: Object.fromEntries(
          tasks.map(({ name }, index) => [
            name,
            tensor2d(logits[index] as Float32Array, [count, classes[index] as number]),
          ]),
        ),
      };
    },
    dispose: () => void worker.terminate(),
  };
}
