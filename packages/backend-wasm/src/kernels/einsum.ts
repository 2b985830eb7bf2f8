import {
  backend_util,
  cast,
  type KernelConfig,
  matMul,
  sum,
  type Tensor,
  tidy,
  transpose,
} from '@tensorflow/tfjs';

/**
 * `tf.einsum(equation, …tensors)` of one or two tensors, which the WASM backend lacks: sums over what only one
 * tensor has, then one batched matrix product, `[shared, free₁, summed] × [shared, summed, free₂]`, where the CPU
 * kernel multiplies tensors of the full index space. TensorFlow.js has no gradient for it, on any backend.
 *
 * @throws Error for an equation that TensorFlow.js itself refuses (no arrow, repeated labels, three tensors)
 */
export const einsumConfig: KernelConfig = {
  kernelName: 'Einsum',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const tensors = Object.values(inputs) as unknown as Tensor[];
    const { equation } = attrs as unknown as { equation: string };
    const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(equation, tensors.length);
    backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors);
    // Indices that are summed come after those of the output.
    const outputRank = allDims.length - summedDims.length;
    // Refuses more than two tensors; takes the list of sums for itself.
    backend_util.getEinsumComputePath([...summedDims], idDims);
    return tidy(() =>
      contract(
        tensors.map((tensor, at) => ({ tensor, indices: idDims[at] as number[] })),
        outputRank,
      ),
    );
  },
};

/** A tensor and the index that each of its axes stands for. */
interface Operand {
  tensor: Tensor;
  indices: number[];
}

function contract(operands: Operand[], outputRank: number): Tensor {
  const [left, right] = operands.map((operand, at) => {
    const others = operands.filter((_, other) => other !== at).flatMap(({ indices }) => indices);
    return sumOver(operand, (index) => index >= outputRank && !others.includes(index));
  }) as [Operand, Operand | undefined];
  if (right === undefined) return inOrder(left, range(outputRank)).clone();

  const inBoth = left.indices.filter((index) => right.indices.includes(index));
  const shared = inBoth.filter((index) => index < outputRank);
  const summed = inBoth.filter((index) => index >= outputRank);
  const freeLeft = left.indices.filter((index) => !inBoth.includes(index));
  const freeRight = right.indices.filter((index) => !inBoth.includes(index));
  const a = asMatrices(left, shared, freeLeft, summed);
  const b = asMatrices(right, shared, summed, freeRight);
  const indices = [...shared, ...freeLeft, ...freeRight];
  const sizeOf = (index: number) => {
    const { tensor, indices: own } = left.indices.includes(index) ? left : right;
    return tensor.shape[own.indexOf(index)] as number;
  };
  const dtype = left.tensor.dtype === 'float32' ? right.tensor.dtype : left.tensor.dtype;
  const isWhole = left.tensor.dtype !== 'float32' && right.tensor.dtype !== 'float32';
  const product = isWhole ? cast(matMul(a, b), dtype) : matMul(cast(a, 'float32'), cast(b, 'float32'));
  return inOrder({ tensor: product.reshape(indices.map(sizeOf)), indices }, range(outputRank));
}

function sumOver({ tensor, indices }: Operand, isSummed: (index: number) => boolean): Operand {
  const axes = range(indices.length).filter((axis) => isSummed(indices[axis] as number));
  if (axes.length === 0) return { tensor, indices };
  return { tensor: sum(tensor, axes), indices: indices.filter((index) => !isSummed(index)) };
}

/** Axes in the order of these indices. */
function inOrder({ tensor, indices }: Operand, order: number[]): Tensor {
  const permutation = order.map((index) => indices.indexOf(index));
  return permutation.every((axis, at) => axis === at) ? tensor : transpose(tensor, permutation);
}

/** `[batch, rows, columns]`, each the product of some indices' sizes. */
function asMatrices(operand: Operand, ...groups: number[][]): Tensor {
  const size = (group: number[]) =>
    group.reduce(
      (product, index) => product * (operand.tensor.shape[operand.indices.indexOf(index)] as number),
      1,
    );
  return inOrder(operand, groups.flat()).reshape(groups.map(size));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
