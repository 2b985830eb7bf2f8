import { InvalidOptionError } from '@factornet/spec';
import { MissingTapError } from '@factornet/spec/training';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';

/**
 * The outputs of the layers that a teacher is tapped at, in the order of `taps`.
 *
 * @throws MissingTapError if the model has no layer of that name with one output
 * @throws InvalidOptionError for what is no list of different names, or a layer whose output has no channels
 */
export function findTaps(model: LayersModel, taps: readonly string[]): SymbolicTensor[] {
  if (!Array.isArray(taps) || taps.some((tap) => typeof tap !== 'string')) {
    throw new InvalidOptionError({ option: 'taps', expected: 'a list of names of layers', received: taps });
  }
  const outputs = new Map(
    model.layers.flatMap((layer): [string, SymbolicTensor][] => {
      // A layer that is used several times has no one output; asking for it throws.
      const { output } = layer.inboundNodes.length === 1 ? layer : { output: [] };
      return Array.isArray(output) ? [] : [[layer.name, output]];
    }),
  );
  return taps.map((tap, index) => {
    if (taps.indexOf(tap) < index) {
      throw new InvalidOptionError({ option: `taps[${index}]`, expected: 'named once', received: tap });
    }
    const output = outputs.get(tap);
    if (output === undefined) {
      throw new MissingTapError(
        { tap, known: [...outputs.keys()] },
        { hint: 'Name one of them, e.g. with --tap.' },
      );
    }
    const { dataFormat } = output.sourceLayer.getConfig();
    const { length } = output.shape;
    if ((length !== 2 && length !== 4) || output.shape.at(-1) === null || dataFormat === 'channelsFirst') {
      throw new InvalidOptionError({
        option: `taps[${index}]`,
        expected: 'a layer whose output is [batch, height, width, channels] or [batch, channels]',
        received: `${tap}, of [${output.shape.map((axis) => axis ?? '*').join(', ')}]`,
      });
    }
    return output;
  });
}
