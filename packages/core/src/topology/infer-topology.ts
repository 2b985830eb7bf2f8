import { LIMITS } from '@factornet/spec';
import { costOf } from './activation-costs';
import { convolutionRules } from './convolution-rules';
import { elementwiseRules } from './elementwise-rules';
import { product, Refusal, type Shape } from './layer-config';
import type { LayerInference, LayerRule } from './layer-rule';
import { poolingRules } from './pooling-rules';
import { inputRule, type LayerDescription, readTopology } from './read-topology';

/**
 * The layers that a packed model may consist of: those of TensorFlow.js that compute on pictures and vectors, and whose
 * shapes follow from their configuration. None of them can run code or reach outside the model.
 */
const rules: ReadonlyMap<string, LayerRule> = new Map(
  Object.entries({ InputLayer: inputRule, ...convolutionRules, ...poolingRules, ...elementwiseRules }),
);

/** Names of the allowed layers. */
export const allowedLayers: readonly string[] = [...rules.keys()];

/** What a topology says of its model, worked out without making one. */
export interface InferredTopology {
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  /** By name, as weight specifications name them: `layer/kernel`. */
  readonly weights: ReadonlyMap<string, Shape>;
  readonly multiplyAdds: number;
  /** These, and values that layers put out or pool, weighed by what they take. */
  readonly operations: number;
}

/**
 * Works out every shape, weight and operation of a Layers model from its topology (`modelTopology` of a
 * `model.json`), in order to know what it will allocate before it does.
 *
 * Models are graphs of allowed layers, each called once, with one output each, and none without a purpose; no models
 * within models.
 *
 * @throws Refusal
 */
export function inferTopology(topology: unknown): InferredTopology {
  const { layers, inputs, outputs } = readTopology(topology, rules);
  const shapes = new Map<string, Shape>();
  const weights = new Map<string, Shape>();
  const readers = new Map<string, number>();
  for (const name of [...layers.flatMap(({ from }) => from), ...outputs]) {
    readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  /** Per layer, the largest output of the chain that it is the end of: what nothing else reads makes room for the next. */
  const held = new Map<string, number>();
  let [multiplyAdds, operations, live] = [0, 0, 0];
  for (const layer of layers) {
    const inferred = inferLayer(layer, shapes);
    const size = product(inferred.output);
    if (size > LIMITS.activationElements) {
      const shape = inferred.output.join(', ');
      throw new Refusal('shape', `the layer ${layer.name} puts out [${shape}] for one picture`);
    }
    shapes.set(layer.name, inferred.output);
    for (const [name, shape] of Object.entries(inferred.weights ?? {})) {
      if (product(shape) > LIMITS.weightElements) {
        throw new Refusal('shape', `the weight ${layer.name}/${name} would be [${shape.join(', ')}]`);
      }
      weights.set(`${layer.name}/${name}`, shape);
    }
    const [source = '', ...others] = layer.from;
    const before = others.length === 0 && readers.get(source) === 1 ? (held.get(source) ?? 0) : 0;
    held.set(layer.name, Math.max(size, before));
    live += Math.max(size, before) - before;
    multiplyAdds += inferred.multiplyAdds ?? 0;
    operations += (inferred.multiplyAdds ?? 0) + Math.max(inferred.visits ?? 0, size * costOf(layer));
  }
  if (live > LIMITS.liveElements) {
    throw new Refusal('shape', `the model holds ${live} values at once for one picture`);
  }
  if (operations > LIMITS.operations) {
    throw new Refusal('shape', `the model takes ${operations} operations for one picture`);
  }
  refuseIdle(layers, inputs, outputs);
  const shapesOf = (names: readonly string[]) => names.map((name) => shapes.get(name) as Shape);
  return { inputs: shapesOf(inputs), outputs: shapesOf(outputs), weights, multiplyAdds, operations };
}

/** Layers come after those they read from, so that there is no way in a circle. */
function inferLayer(
  { name, className, values, from }: LayerDescription,
  shapes: ReadonlyMap<string, Shape>,
): LayerInference {
  const inputs = from.map((source) => {
    const shape = shapes.get(source);
    if (shape !== undefined) return shape;
    throw new Refusal('topology', `the layer ${name} reads from ${source}, which does not come before it`);
  });
  return (rules.get(className) as LayerRule).infer({ layer: name, values }, inputs);
}

/** What no output depends on is not part of the model that TensorFlow.js makes, but would be allocated. */
function refuseIdle(
  layers: readonly LayerDescription[],
  inputs: readonly string[],
  outputs: readonly string[],
): void {
  const used = new Set(outputs);
  for (const { name, className, from } of [...layers].reverse()) {
    if (!used.has(name)) throw new Refusal('topology', `nothing depends on the layer ${name}`);
    if ((className === 'InputLayer') !== inputs.includes(name)) {
      throw new Refusal(
        'topology',
        `the layer ${name} is an input of the model, or an InputLayer, but not both`,
      );
    }
    for (const source of from) used.add(source);
  }
}
