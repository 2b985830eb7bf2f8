export { clippedGradient } from './activations';
export { scaleRows, sumCentredProducts, sumRows } from './channels';
export { convolve, convolveFilter, convolveFilterScratchBytes, convolveScratchBytes } from './convolve';
export { depthwiseConvolve, depthwiseFilterGradient, depthwiseScratchBytes } from './depthwise';
export { padPictures } from './pad';
export { packPanels, packTransposedPanels } from './panels';
export { poolingGradient, poolingScratchBytes } from './pooling';
export { addSegments } from './segments';
