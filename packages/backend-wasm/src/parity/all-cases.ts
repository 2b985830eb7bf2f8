import { activationCases } from './cases/activations';
import { arithmeticCases } from './cases/arithmetic';
import { convolutionCases } from './cases/convolutions';
import { indexingCases } from './cases/indexing';
import { layersCases } from './cases/layers';
import { lossCases } from './cases/losses';
import { matrixCases } from './cases/matrices';
import { normalizationCases } from './cases/normalization';
import { poolingCases } from './cases/pooling';
import { reductionCases } from './cases/reductions';
import { resamplingCases } from './cases/resampling';
import { specialValueCases } from './cases/special-values';
import { trainingCases } from './cases/training';
import type { ParityCase } from './parity-case';

/** What a TensorFlow.js model can ask a backend for, by family. */
export const allCases: Record<string, ParityCase[]> = {
  arithmetic: arithmeticCases,
  activations: activationCases,
  reductions: reductionCases,
  indexing: indexingCases,
  matrices: matrixCases,
  convolutions: convolutionCases,
  pooling: poolingCases,
  normalization: normalizationCases,
  resampling: resamplingCases,
  losses: lossCases,
  layers: layersCases,
  'special values': specialValueCases,
  training: trainingCases,
};
