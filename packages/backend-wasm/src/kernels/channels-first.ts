import { type NamedTensorInfoMap, type Tensor, tidy, transpose } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { tensorOf } from '../tensor-of';
import { onCpu } from './on-cpu';

interface Layout {
  dataFormat?: 'NHWC' | 'NCHW';
  pad: 'same' | 'valid' | number | [number, number][];
  inputShape?: number[];
}

const TO_CHANNELS_LAST = [0, 2, 3, 1];
const TO_CHANNELS_FIRST = [0, 3, 1, 2];

/** Channels first ([batch, channels, height, width]), in terms of the channels-last kernel: XNNPACK knows no other. */
function transposed(kernelName: string, images: string[], givesImages: boolean): KernelReplacement {
  return {
    kernelName,
    create: (stock) => (call) => {
      const layout = call.attrs as unknown as Layout;
      if (layout.dataFormat !== 'NCHW') return stock.kernelFunc(call);
      const reorder = <Item>(items: Item[]) => TO_CHANNELS_LAST.map((axis) => items[axis] as Item);
      const attrs = {
        ...call.attrs,
        dataFormat: 'NHWC',
        pad: Array.isArray(layout.pad) ? reorder(layout.pad) : layout.pad,
        ...(layout.inputShape && { inputShape: reorder(layout.inputShape) }),
      };
      return tidy(() => {
        const inputs: NamedTensorInfoMap = { ...call.inputs };
        for (const name of images) inputs[name] = transpose(inputs[name] as Tensor, TO_CHANNELS_LAST);
        const output = stock.kernelFunc({
          ...call,
          inputs,
          attrs: attrs as unknown as typeof call.attrs & object,
        });
        const tensor = tensorOf(output);
        return givesImages ? transpose(tensor, TO_CHANNELS_FIRST) : tensor;
      });
    },
  };
}

/** Fused convolutions are for inference and, channels first, for nobody's layers: the CPU backend does them. */
const fused: KernelReplacement = {
  kernelName: 'FusedConv2D',
  create: (stock) => {
    const delegate = onCpu('FusedConv2D');
    return (call) => {
      const { dataFormat } = call.attrs as unknown as Layout;
      return dataFormat === 'NCHW' ? delegate(call) : stock.kernelFunc(call);
    };
  },
};

/** 2-D convolutions and their gradients with `dataFormat: 'NCHW'`. Depthwise ones TensorFlow.js itself refuses. */
export const channelsFirstReplacements: KernelReplacement[] = [
  transposed('Conv2D', ['x'], true),
  transposed('Conv2DBackpropInput', ['dy'], true),
  transposed('Conv2DBackpropFilter', ['x', 'dy'], false),
  fused,
];
