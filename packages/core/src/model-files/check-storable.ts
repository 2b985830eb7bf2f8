import { UnstorableModelError } from '@factornet/spec/training';
import type { LayersModel } from '@tensorflow/tfjs';
import { decodeModel, encodeModel } from './model-bytes';
import type { ModelBytes } from './two-files';

/**
 * Checks that these bytes are read as the model that they were made from: TensorFlow.js takes them, every layer has the
 * options that it was made with, and every weight is a finite number and comes back as it was.
 *
 * @throws UnstorableModelError
 */
export async function checkStorable(model: LayersModel, bytes: ModelBytes): Promise<void> {
  const refuse = (reason: string, cause?: unknown) =>
    new UnstorableModelError(
      { model: model.name, reason },
      { cause, hint: 'Nothing was written. Make it of layers whose configuration tells all of them.' },
    );
  for (const { originalName, dtype } of model.weights) {
    if (dtype !== 'float32') throw refuse(`its weight ${originalName} is of ${dtype}, not float32`);
  }
  const { buffer, byteOffset, length } = bytes.weights;
  if (!new Float32Array(buffer, byteOffset, length / 4).every(Number.isFinite)) {
    throw new UnstorableModelError(
      { model: model.name, reason: 'one of its weights is NaN or infinite' },
      { hint: 'Nothing was written. Train it again at a smaller learning rate.' },
    );
  }
  const read = await decodeModel(bytes).catch((cause: unknown) => {
    throw refuse(`it cannot be read back (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  });
  try {
    const lost = lostOption(model, read);
    if (lost !== undefined) throw refuse(`read back, ${lost}`);
    const again = await encodeModel(read, weightsFileOf(bytes));
    if (!equal(again.weights, bytes.weights)) throw refuse('it has other weights when it is read back');
    if (!equal(again.topology, bytes.topology)) throw refuse('it has other layers when it is read back');
  } finally {
    read.dispose();
  }
}

/** An option of a layer that is not what it was, e.g. `its layer "a" has units 3 in place of 4`. */
function lostOption(model: LayersModel, read: LayersModel): string | undefined {
  for (const [index, layer] of model.layers.entries()) {
    const other = read.layers[index];
    if (other === undefined) return `its layer "${layer.name}" is missing`;
    if ('layers' in layer && 'layers' in other) {
      const lost = lostOption(layer as LayersModel, other as LayersModel);
      if (lost !== undefined) return lost;
      continue;
    }
    const found = new Map<string, unknown>(Object.entries(other));
    for (const [option, value] of Object.entries(layer)) {
      if (UNSTORED.test(option) || !isPlain(value)) continue;
      const [expected, received] = [value, found.get(option)].map(words);
      if (received === expected) continue;
      return `its layer "${layer.name}" has ${option} ${received} in place of ${expected}`;
    }
  }
  return undefined;
}

/** What TensorFlow.js counts objects by, how weights were first set, whether they are trained, and what is its own affair. */
const UNSTORED = /^(id|fastWeightInitDuringBuild|_.*|.*_)$/;

const words = (value: unknown) => (isPlain(value ?? '') ? JSON.stringify(value ?? null) : 'that is no value');

/** Numbers, words, flags and lists of them: an option. Everything else of a layer is made from these. */
function isPlain(value: unknown): boolean {
  return (
    ['number', 'string', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every(isPlain))
  );
}

function weightsFileOf({ topology }: ModelBytes): string {
  return JSON.parse(new TextDecoder().decode(topology)).weightsManifest[0].paths[0];
}

const equal = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
