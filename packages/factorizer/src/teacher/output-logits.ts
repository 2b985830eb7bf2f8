import type { layers, SymbolicTensor, Tensor, Tensor2D } from '@tensorflow/tfjs';
import { log, scalar, sub } from '@tensorflow/tfjs';

type Layer = layers.Layer;

/** How a network ends: in what makes probabilities of logits, or in what is not known to. */
export type Ending = 'softmax' | 'sigmoid' | 'linear' | 'unknown';

/** Where the logits of one output of a model come from. */
export interface LogitsSource {
  /** To be evaluated in place of the output. */
  readonly output: SymbolicTensor;
  /** Its values to logits `[batch, classes]`, a tensor of its own. */
  toLogits(values: Tensor): Tensor2D;
  /** How that was done, if it was not the output as it is. */
  readonly note?: string;
}

/** Probabilities that underflowed are not 0, but some number, a very small one. */
const LEAST = 1e-30;

/** How an output ends, as its topology tells: the last layer that changes values, in networks within networks as well. */
export function endingOf(output: SymbolicTensor): Ending {
  const { sourceLayer: layer } = output;
  const inner = (layer as unknown as { outputs?: readonly SymbolicTensor[] }).outputs?.[
    output.outputTensorIndex ?? 0
  ];
  if (inner !== undefined) return endingOf(inner);
  const kind = layer.getClassName();
  if (['Flatten', 'Reshape', 'Dropout'].includes(kind)) return endingOf(output.inputs[0] as SymbolicTensor);
  return endingOfLayer(layer);
}

function endingOfLayer(layer: Layer): Ending {
  const kind = layer.getClassName();
  const { activation } = layer.getConfig();
  if (kind === 'Softmax' || activation === 'softmax') return 'softmax';
  if (activation === 'sigmoid' || activation === 'hardSigmoid') return 'sigmoid';
  return kind === 'Dense' ? 'linear' : 'unknown';
}

/**
 * The logits behind an output: itself, or, where the network ends in softmax or sigmoid, what comes before that, or its
 * logarithm where nothing leads there.
 *
 * @param ending of the output: as its topology tells, or as its values do
 */
export function logitsSource(output: SymbolicTensor, ending: Ending): LogitsSource {
  if (ending === 'linear' || ending === 'unknown') return { output, toLogits: copy };
  const { sourceLayer: layer } = output;
  const kind = layer.getClassName();
  const before = output.inputs[0] as SymbolicTensor;
  const note = `ends in ${ending}; what comes before that is taken for logits`;
  if (endingOfLayer(layer) === ending) {
    if (kind === 'Softmax' || kind === 'Activation') return { output: before, toLogits: copy, note };
    if (kind === 'Dense') return { output: before, toLogits: (values) => applyLinearly(layer, values), note };
  }
  return {
    output,
    toLogits: ending === 'softmax' ? logarithm : logOdds,
    note: `gives probabilities (${ending}); their ${ending === 'softmax' ? 'logarithms' : 'log odds'} are taken for logits`,
  };
}

const copy = (values: Tensor) => values.clone() as Tensor2D;

/** A dense layer without its activation, at the weights it has now. */
function applyLinearly(layer: Layer, values: Tensor): Tensor2D {
  const [kernel, bias] = layer.getWeights();
  const product = (values as Tensor2D).matMul(kernel as Tensor2D) as Tensor2D;
  return bias === undefined ? product : (product.add(bias) as Tensor2D);
}

const logarithm = (values: Tensor) => log(values.maximum(LEAST)) as Tensor2D;
const logOdds = (values: Tensor) => logarithm(values).sub(logarithm(sub(scalar(1), values))) as Tensor2D;

/** Whether these rows are probabilities: finite, none negative, and each row adds up to 1. */
export function areProbabilities(values: ArrayLike<number>, columns: number): boolean {
  if (values.length === 0) return false;
  for (let start = 0; start < values.length; start += columns) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const value = values[start + column] as number;
      if (!(value >= 0)) return false;
      sum += value;
    }
    if (!(Math.abs(sum - 1) < 1e-3)) return false;
  }
  return true;
}
