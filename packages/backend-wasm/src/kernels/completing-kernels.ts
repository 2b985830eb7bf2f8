import type { KernelConfig } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { castToBoolReplacement } from './cast-to-bool';
import { channelsFirstReplacements } from './channels-first';
import { checkedSliceReplacement } from './checked-slice';
import { delegatedConfigs, delegatedReplacements } from './delegated-kernels';
import { einsumConfig } from './einsum';
import { fittingUpstreamReplacement } from './fitting-upstream';
import { fusedBiasReplacements } from './fused-bias';

/** Kernels that the CPU backend has and the WASM backend lacks, the gradients' own aside. */
export const completingConfigs: KernelConfig[] = [einsumConfig, ...delegatedConfigs];

/** Cases that the CPU backend knows and the stock WASM kernel refuses or gets wrong. Registered last, so outermost. */
export const completingReplacements: KernelReplacement[] = [
  castToBoolReplacement,
  checkedSliceReplacement,
  fittingUpstreamReplacement,
  ...channelsFirstReplacements,
  ...delegatedReplacements,
  ...fusedBiasReplacements,
];
