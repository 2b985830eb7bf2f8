import type { TensorInfo } from '@tensorflow/tfjs';
import type { ConvolutionGeometry } from '../convolution-geometry';
import type { WasmBackend } from '../wasm-backend';
import { addressOf, withScratch } from './heap';
import { type Address, kernelsOf } from './kernel-module';
import { forwardWindow, type Window } from './window';

/** Pixels with fewer channels than this are joined along a row of the filter. */
const FEW_CHANNELS = 16;

/**
 * With few channels, such as the 3 of a photograph, a tap is too short a product to be fast. Neighbouring
 * pixels are neighbours in memory, so a whole row of the filter is one longer tap, as long as the
 * pictures carry their padding with them.
 */
function joinsTaps({ inChannels, filterWidth, dilationWidth }: ConvolutionGeometry): boolean {
  return inChannels < FEW_CHANNELS && filterWidth > 1 && dilationWidth === 1;
}

/** The window of a forward convolution over what {@link withPictures} provides. */
export function pixelWindow(geometry: ConvolutionGeometry): Window {
  const window = forwardWindow(geometry);
  if (!joinsTaps(geometry)) return window;
  const { inChannels, filterWidth, padInfo } = geometry;
  return {
    ...window,
    sourceHeight: paddedHeight(geometry),
    sourceWidth: paddedWidth(geometry),
    channels: inChannels * filterWidth,
    pixelFloats: inChannels,
    tapRows: window.tapRows.map((row) => row + padInfo.top),
    tapColumns: [0],
  };
}

/** Gives `use` the address of the pictures: padded, where {@link pixelWindow} joins taps. */
export function withPictures<Result>(
  backend: WasmBackend,
  x: TensorInfo,
  geometry: ConvolutionGeometry,
  use: (pictures: Address) => Result,
): Result {
  if (!joinsTaps(geometry)) return use(addressOf(backend, x));
  const { batchSize, inHeight, inWidth, inChannels, padInfo } = geometry;
  const height = paddedHeight(geometry);
  const width = paddedWidth(geometry);
  // A tile reads up to three floats past the last one.
  const bytes = (batchSize * height * width * inChannels + 4) * 4;
  return withScratch(backend, bytes, (pictures) => {
    kernelsOf(backend).padPictures(
      addressOf(backend, x),
      batchSize,
      inHeight,
      inWidth * inChannels * 4,
      padInfo.top,
      height - padInfo.top - inHeight,
      padInfo.left * inChannels * 4,
      (width - padInfo.left - inWidth) * inChannels * 4,
      pictures,
    );
    return use(pictures);
  });
}

/** Rows that the last output row sees; no fewer than there are. */
function paddedHeight({
  outHeight,
  strideHeight,
  effectiveFilterHeight,
  padInfo,
  inHeight,
}: ConvolutionGeometry) {
  return Math.max((outHeight - 1) * strideHeight + effectiveFilterHeight, padInfo.top + inHeight);
}

function paddedWidth({ outWidth, strideWidth, effectiveFilterWidth, padInfo, inWidth }: ConvolutionGeometry) {
  return Math.max((outWidth - 1) * strideWidth + effectiveFilterWidth, padInfo.left + inWidth);
}
