import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { makeZeros, type WasmBackend } from '../wasm-backend';
import { WindowShapeError } from '../window-shape-error';
import { outputShape } from '../windows/output-shape';
import { type WindowAttributes, type WindowCall, windowCall, windowKernels } from '../windows/window-call';

type RoundingMode = NonNullable<WindowAttributes['dimRoundingMode']>;

/** An input may be larger than what its output can come from: `tf.conv2dTranspose` takes that on trust. */
const TAKES_MORE = 'Conv2DBackpropInput';

/**
 * In front of every convolution, pooling and gradient of one, ours, XNNPACK's and the CPU backend's alike. XNNPACK refuses
 * what it does not know without a word, which leaves the output as it lay in the heap, and traps on sizes of zero,
 * after which the module is lost.
 *
 * - What leaves no output is refused, see {@link outputShape}.
 * - An output of size 0 is an empty tensor; the gradients of one are zeros.
 * - tfjs-core does not tell most gradients how the size of their forward pass was rounded. dy's own size does.
 */
function checked(kernelName: string, stock: KernelConfig): KernelConfig['kernelFunc'] {
  return (parameters) => {
    const backend = parameters.backend as WasmBackend;
    const attributes = parameters.attrs as unknown as WindowAttributes;
    const call = windowCall(kernelName, parameters);
    const shape = outputShape(kernelName, call, attributes);
    const { dy, gradientShape } = call;
    if (gradientShape === undefined || dy === undefined) {
      return shape.includes(0)
        ? emptyOutput(kernelName, backend, parameters, shape)
        : stock.kernelFunc(parameters);
    }
    const rounding = roundingOf(kernelName, call, attributes, shape, dy);
    if (dy.shape.includes(0) || gradientShape.includes(0)) return makeZeros(backend, gradientShape);
    const attrs = { ...parameters.attrs, ...(rounding && { dimRoundingMode: rounding }) };
    return stock.kernelFunc({ ...parameters, attrs });
  };
}

function emptyOutput(
  kernelName: string,
  backend: WasmBackend,
  { inputs }: Parameters<KernelConfig['kernelFunc']>[0],
  shape: number[],
): TensorInfo | TensorInfo[] {
  const { dtype } = inputs.x as TensorInfo;
  const output = backend.makeOutput(shape, dtype);
  return kernelName === 'MaxPoolWithArgmax' ? [output, backend.makeOutput(shape, 'int32')] : output;
}

/** How the forward pass rounded, where its attributes do not say so; undefined where they do. */
function roundingOf(
  kernelName: string,
  call: WindowCall,
  attributes: WindowAttributes,
  shape: number[],
  { shape: came }: TensorInfo,
): RoundingMode | undefined {
  if (came.join() === shape.join()) return undefined;
  const fits = (['ceil', 'round'] as const).find(
    (dimRoundingMode) =>
      typeof attributes.pad !== 'string' &&
      outputShape(kernelName, call, { ...attributes, dimRoundingMode }).join() === came.join(),
  );
  const isMore = came.every((size, axis) => size >= (shape[axis] as number));
  if (fits === undefined && !(kernelName === TAKES_MORE && isMore)) {
    throw new WindowShapeError({
      kernelName,
      inputShape: call.inputShape,
      filterShape: call.shownFilter,
      reason: `expected a gradient of the output's shape [${shape}], got [${came}]`,
      hint: 'Pass strides and padding of the forward pass, or an output shape that they can come from.',
    });
  }
  return fits;
}

/** Registered last of all, so that nothing gets past them. */
export const checkedWindowReplacements: KernelReplacement[] = windowKernels.map((kernelName) => ({
  kernelName,
  create: (stock) => checked(kernelName, stock),
}));
