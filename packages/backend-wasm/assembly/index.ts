export { clip, clippedGradient, holdsNaN } from './activations';
export { scaleRows, sumCentredProducts, sumRows } from './channels';
export { convolve, convolveFilter, convolveFilterScratchBytes, convolveScratchBytes } from './convolve';
export { depthwiseConvolve, depthwiseFilterGradient } from './depthwise';
export { padPictures } from './pad';
export { packPanels, packTransposedPanels } from './panels';
export { poolingGradient } from './pooling';
export { addSegments } from './segments';
export { addressScratchBytes } from './window';
