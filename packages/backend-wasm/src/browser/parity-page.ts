import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '../index';
import { allCases } from '../parity/all-cases';
import { checkParity } from '../parity/check-parity';

/** What the page tells the test. */
export interface ParityReport {
  isThreaded: boolean;
  passed: number;
  failures: string[];
}

declare global {
  /** Draws one pixel of known colour with the kernel Draw, and reads it back from the canvas. */
  var drawPixel: () => Promise<number[]>;
  var runParity: () => Promise<ParityReport>;
}

// By hand: the package declares side effects for its built entry only, and a bundle of sources drops the bare import.
registerTrainingKernels();
setWasmPaths('/wasm/');

/** Every case of the Node suite, in this page. */
globalThis.runParity = async () => {
  await tf.setBackend('wasm');
  const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  const isThreaded =
    typeof SharedArrayBuffer !== 'undefined' && wasm.HEAPU8.buffer instanceof SharedArrayBuffer;
  const failures: string[] = [];
  let passed = 0;
  for (const [family, cases] of Object.entries(allCases)) {
    for (const parityCase of cases) {
      try {
        await checkParity(parityCase);
        passed++;
      } catch (error) {
        failures.push(`${family} › ${parityCase.name}: ${(error as Error).message.slice(0, 300)}`);
      }
    }
  }
  return { isThreaded, passed, failures };
};

globalThis.drawPixel = async () => {
  await tf.setBackend('wasm');
  const canvas = document.createElement('canvas');
  const picture = tf.tensor3d([51, 102, 255], [1, 1, 3], 'int32');
  tf.browser.draw(picture, canvas, { contextOptions: { contextType: '2d' } });
  picture.dispose();
  return Array.from(canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data ?? []);
};
