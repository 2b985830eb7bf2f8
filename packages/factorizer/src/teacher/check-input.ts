import { type InputDescription, InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import type { LayersModel, Shape } from '@tensorflow/tfjs';

/**
 * Checks what a teacher is fed, while it is made: the description by itself, and the model against it.
 *
 * @throws InvalidOptionError naming the field, or a model that takes several inputs
 * @throws ShapeMismatchError if the model takes other pictures
 */
export function checkInput(model: LayersModel, input: InputDescription): void {
  const { shape, layout, normalization } = input;
  const isShape = Array.isArray(shape) && shape.length === 3 && shape.every(isSize);
  require(isShape, 'input.shape', '[height, width, channels], whole numbers from 1', shape);
  require(layout === 'NHWC', 'input.layout', '"NHWC"', layout);
  const channels = shape[2];
  for (const field of ['mean', 'standardDeviation'] as const) {
    const option = `input.normalization.${field}`;
    const values: unknown = normalization?.[field];
    const isList = Array.isArray(values) && values.length === channels;
    require(isList, option, `a number for each of ${channels} channels`, values);
    for (const [index, value] of (values as unknown[]).entries()) {
      const isNumber = Number.isFinite(value) && (field === 'mean' || (value as number) > 0);
      const expected = field === 'mean' ? 'a finite number' : 'a finite number above 0';
      require(isNumber, `${option}[${index}]`, expected, value);
    }
  }
  const names = model.inputs.map(({ name }) => name);
  require(names.length === 1, 'model', 'a network of one input, pictures', names);
  const received = model.inputs[0]?.shape as Shape;
  const expected = [null, ...shape];
  const fits =
    received.length === 4 &&
    received[0] === null &&
    received.every((length, axis) => length === expected[axis] || (length === null && axis < 3));
  if (fits) return;
  throw new ShapeMismatchError(
    { what: 'the input of the teacher’s model', expected, received },
    { hint: 'Pictures are [batch, height, width, channels], and a batch may be of any size.' },
  );
}

const isSize = (value: unknown) => Number.isInteger(value) && (value as number) >= 1;

function require(holds: boolean, option: string, expected: string, received: unknown): void {
  if (!holds) throw new InvalidOptionError({ option, expected, received });
}
