import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';

type Call = Parameters<KernelConfig['kernelFunc']>[0];

/** Attributes of convolutions and pools; each kernel has some of them. */
export interface WindowAttributes {
  strides: unknown;
  pad: unknown;
  dilations?: unknown;
  filterSize?: unknown;
  dataFormat?: 'NHWC' | 'NCHW' | 'NDHWC' | 'NCDHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil' | null | undefined;
  inputShape?: number[];
  filterShape?: number[];
}

/** What a call of a convolution, a pooling or a gradient of one is about. */
export interface WindowCall {
  /** Of the forward pass, `[batch, …, channels]` or as `dataFormat` says. */
  inputShape: number[];
  /** `[height, width, channels in, channels out]`, of volumes with the depth in front. */
  filterShape: number[];
  /** What the caller knows of the filter: its shape, or the size of a pooling window. */
  shownFilter: number[];
  /** Depthwise: the filter's last size counts the outputs per channel. */
  isDepthwise: boolean;
  /** Whether the products run over the input's channels. */
  sumsChannels: boolean;
  /** The gradient of the forward pass's output, in gradients. */
  dy?: TensorInfo;
  /** What a gradient gives; undefined in the forward pass. */
  gradientShape?: number[];
}

type Inputs = NamedTensorInfoMap & Record<'x' | 'filter' | 'dy' | 'input', TensorInfo>;
type Reader = (inputs: Inputs, attributes: WindowAttributes) => WindowCall;

function perAxis(value: unknown, count: number): number[] {
  return typeof value === 'number' ? Array<number>(count).fill(value) : (value as number[]).slice(0, count);
}

function convolution(isDepthwise = false): Reader {
  return ({ x, filter }) => ({
    inputShape: x.shape,
    filterShape: filter.shape,
    shownFilter: filter.shape,
    isDepthwise,
    sumsChannels: true,
  });
}

function inputGradient(isDepthwise = false): Reader {
  return ({ dy, filter }, { inputShape = [] }) => ({
    inputShape,
    filterShape: filter.shape,
    shownFilter: filter.shape,
    isDepthwise,
    sumsChannels: true,
    dy,
    gradientShape: inputShape,
  });
}

function filterGradient(isDepthwise = false): Reader {
  return ({ x, dy }, { filterShape = [] }) => ({
    inputShape: x.shape,
    filterShape,
    shownFilter: filterShape,
    isDepthwise,
    sumsChannels: true,
    dy,
    gradientShape: filterShape,
  });
}

function pool(): Reader {
  return ({ x, input = x, dy }, { filterSize, dataFormat }) => {
    const { shape } = input;
    const size = perAxis(filterSize, shape.length - 2);
    const channels = (dataFormat?.startsWith('NC') ? shape[1] : shape.at(-1)) as number;
    return {
      inputShape: shape,
      filterShape: [...size, channels, channels],
      shownFilter: size,
      isDepthwise: false,
      sumsChannels: false,
      ...(dy && { dy, gradientShape: shape }),
    };
  };
}

/** `gives`: whose gradient it is. */
function dilation(gives?: 'x' | 'filter'): Reader {
  return (inputs) => {
    const { x, filter, dy } = inputs;
    return {
      inputShape: x.shape,
      filterShape: [...filter.shape, x.shape.at(-1) as number],
      shownFilter: filter.shape,
      isDepthwise: false,
      sumsChannels: true,
      ...(gives && { dy, gradientShape: inputs[gives].shape }),
    };
  };
}

const readers: Record<string, Reader> = {
  Conv2D: convolution(),
  FusedConv2D: convolution(),
  Conv2DBackpropInput: inputGradient(),
  Conv2DBackpropFilter: filterGradient(),
  DepthwiseConv2dNative: convolution(true),
  FusedDepthwiseConv2D: convolution(true),
  DepthwiseConv2dNativeBackpropInput: inputGradient(true),
  DepthwiseConv2dNativeBackpropFilter: filterGradient(true),
  Conv3D: convolution(),
  Conv3DBackpropInputV2: inputGradient(),
  Conv3DBackpropFilterV2: filterGradient(),
  Dilation2D: dilation(),
  Dilation2DBackpropInput: dilation('x'),
  Dilation2DBackpropFilter: dilation('filter'),
  MaxPool: pool(),
  MaxPoolGrad: pool(),
  MaxPoolWithArgmax: pool(),
  AvgPool: pool(),
  AvgPoolGrad: pool(),
  MaxPool3D: pool(),
  MaxPool3DGrad: pool(),
  AvgPool3D: pool(),
  AvgPool3DGrad: pool(),
};

/** Every kernel that slides a window over its input. */
export const windowKernels: readonly string[] = Object.keys(readers);

/** Reads shapes out of a call of one of the {@link windowKernels}. */
export function windowCall(kernelName: string, { inputs, attrs }: Call): WindowCall {
  return (readers[kernelName] as Reader)(inputs as Inputs, attrs as unknown as WindowAttributes);
}
