import { arrayOf, isRecord, printable, recordOf } from './json-value';
import { Refusal } from './layer-config';

/** Fields that the configuration of every layer may have. */
const COMMON_FIELDS = ['name', 'trainable', 'batch_input_shape', 'dtype'];

/**
 * What parts of a layer may be made of, by how their fields end. None of it computes while weights are loaded, or later. So
 * there are no constraints: TensorFlow.js applies them to weights as they come from the file.
 */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  _initializer: [
    'Zeros',
    'Ones',
    'Constant',
    'RandomUniform',
    'RandomNormal',
    'TruncatedNormal',
    'Identity',
    'VarianceScaling',
    'GlorotUniform',
    'GlorotNormal',
    'HeNormal',
    'HeUniform',
    'LeCunNormal',
    'LeCunUniform',
    'Orthogonal',
  ],
  _constraint: [],
  _regularizer: ['L1L2'],
};

/**
 * The configuration of a layer, if it has no fields but these and every layer's, and if what they hold is plain: TensorFlow.js
 * makes an object of whatever class they name, and a number may be `1e999`.
 *
 * @throws Refusal
 */
export function layerValues(value: unknown, layer: string, fields: readonly string[]) {
  const what = `the layer ${layer}`;
  const values = recordOf(value, what, [...COMMON_FIELDS, ...fields]);
  for (const [field, part] of Object.entries(values)) {
    const kind = Object.keys(PARTS).find((ending) => field.endsWith(ending));
    if (kind === undefined) checkPlain(part, `${field} of ${what}`, 2);
    else if (part !== null) checkPart(part, `${field} of ${what}`, PARTS[kind] as readonly string[]);
  }
  if ((values.dtype ?? 'float32') !== 'float32') throw new Refusal('topology', `${what} is not of float32`);
  // TensorFlow.js refuses to call a layer that has one.
  if ((values.activity_regularizer ?? null) !== null) {
    throw new Refusal('topology', `${what} has an activity regularizer`);
  }
  return values as Readonly<Record<string, unknown>>;
}

function checkPart(value: unknown, what: string, names: readonly string[]): void {
  const { class_name: name, config } = recordOf(value, what, ['class_name', 'config']);
  if (!names.includes(name as string)) {
    throw new Refusal('topology', `${what} is a ${printable(String(name))}, which is not allowed`);
  }
  if (!isRecord(config)) throw new Refusal('topology', `${what} has no config`);
  for (const [option, setting] of Object.entries(config)) {
    checkPlain(setting, what, 0);
    const words = WORDS.get(option);
    if (words !== undefined && !words.includes(setting)) {
      throw new Refusal('topology', `${what} has the ${option} "${printable(String(setting))}"`);
    }
  }
}

/** Options of initializers that are looked up. */
const WORDS: ReadonlyMap<string, readonly unknown[]> = new Map([
  ['mode', ['fan_in', 'fan_out', 'fan_avg', null]],
  ['distribution', ['normal', 'uniform', 'truncated_normal', null]],
]);

/** Finite numbers, words, flags and null, and lists of them within each other up to a depth. */
function checkPlain(value: unknown, what: string, depth: number): void {
  if (depth > 0 && Array.isArray(value)) {
    for (const item of arrayOf(value, what)) checkPlain(item, what, depth - 1);
  } else if (
    typeof value === 'object' ? value !== null : typeof value === 'number' && !Number.isFinite(value)
  ) {
    throw new Refusal('topology', `${what} is no finite number, word or list of such`);
  }
}
