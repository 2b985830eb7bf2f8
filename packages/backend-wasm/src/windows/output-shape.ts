import { backend_util } from '@tensorflow/tfjs';
import { WindowShapeError } from '../window-shape-error';
import type { WindowAttributes, WindowCall } from './window-call';

type Info2D = typeof backend_util.computeConv2DInfo;
type Info3D = typeof backend_util.computeConv3DInfo;

/**
 * The shape that the forward pass gives, whose sizes are 0 or more. (Of volumes tfjs-core calls every size that a filter
 * does not fit into 0.)
 *
 * @throws WindowShapeError unless strides, dilations, filter and depth are positive integers, padding is a whole number
 * of pixels, and the filter is at most as large as the padded input leaves room for
 */
export function outputShape(kernelName: string, call: WindowCall, attributes: WindowAttributes): number[] {
  const refuse = (reason: string, hint: string): never => {
    const { inputShape, shownFilter: filterShape } = call;
    throw new WindowShapeError({ kernelName, inputShape, filterShape, reason, hint });
  };
  const { inputShape, filterShape } = call;
  const axes = inputShape.length - 2;
  const isChannelsFirst = attributes.dataFormat?.startsWith('NC') ?? false;
  const wholeNumbers = (name: string, value: unknown, least: number) => {
    const numbers = [value].flat(2) as number[];
    if (!numbers.every((number) => Number.isInteger(number) && number >= least)) {
      refuse(
        `expected ${name} to be ${least > 0 ? 'positive integers' : 'integers, none negative'}, got ${JSON.stringify(value)}`,
        `Pass whole numbers of pixels.`,
      );
    }
  };
  const dilations = attributes.dilations ?? 1;
  wholeNumbers('strides', attributes.strides, 1);
  wholeNumbers('dilations', dilations, 1);
  wholeNumbers('the size of the filter', filterShape.slice(0, axes), 1);
  if (typeof attributes.pad !== 'string') wholeNumbers('padding', attributes.pad, 0);
  if (call.sumsChannels && inputShape[isChannelsFirst ? 1 : axes + 1] === 0) {
    refuse('expected at least one channel, got an input depth of 0', 'Pass an input that has channels.');
  }
  // A minus sign before zero would not be one of a shape.
  const shape = forwardShape(call, { ...attributes, dilations }, isChannelsFirst).map((size) => size + 0);
  if (shape.some((size) => !(size >= 0))) {
    refuse(
      `expected a filter that fits into the padded input, got one that leaves an output of [${shape}]`,
      'Pass a larger input, a smaller filter or more padding.',
    );
  }
  return shape;
}

function forwardShape(
  { inputShape, filterShape, isDepthwise }: WindowCall,
  { strides, dilations, pad, dimRoundingMode }: WindowAttributes,
  isChannelsFirst: boolean,
): number[] {
  const format = isChannelsFirst ? 'channelsFirst' : 'channelsLast';
  if (inputShape.length === 4) {
    return backend_util.computeConv2DInfo(
      inputShape as Parameters<Info2D>[0],
      filterShape as Parameters<Info2D>[1],
      strides as Parameters<Info2D>[2],
      dilations as Parameters<Info2D>[3],
      pad as Parameters<Info2D>[4],
      dimRoundingMode ?? undefined,
      isDepthwise,
      format,
    ).outShape;
  }
  return backend_util.computeConv3DInfo(
    inputShape as Parameters<Info3D>[0],
    filterShape as Parameters<Info3D>[1],
    strides as Parameters<Info3D>[2],
    dilations as Parameters<Info3D>[3],
    pad as Parameters<Info3D>[4],
    false,
    format,
    dimRoundingMode ?? undefined,
  ).outShape;
}
