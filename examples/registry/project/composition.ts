// What the compiler says about the packages that are installed: tsc --noEmit
import { assemble } from '@factornet/assembler';
import common from '@knowledge/shapes-common';
import objectHue from '@knowledge/shapes-object-hue';
import shape from '@knowledge/shapes-shape';
import size from '@knowledge/shapes-size';
import { zeros } from '@tensorflow/tfjs';

const network = await assemble(common, [shape, objectHue, size]);
const predictions = await network.predict(zeros([1, 32, 32, 3]));
export const label: 'circle' | 'square' | 'triangle' | 'star' | 'cross' | undefined =
  predictions.shape.labels[0];
