import type { KernelConfig } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { castToBoolReplacement } from './cast-to-bool';
import { channelsFirstReplacements } from './channels-first';
import { checkedIndexReplacements } from './checked-indices';
import { checkedSizeReplacements } from './checked-sizes';
import { checkedSliceReplacement } from './checked-slice';
import { checkedWindowReplacements } from './checked-windows';
import { delegatedConfigs, delegatedReplacements } from './delegated-kernels';
import { einsumConfig } from './einsum';
import { fittingUpstreamReplacement } from './fitting-upstream';
import { floorDivReplacement } from './floor-div-dtype';
import { fusedBiasReplacements } from './fused-bias';
import { poolVolumeConfigs } from './pool-volumes';

/** Kernels that the WASM backend lacks, or gets wrong throughout. */
export const completingConfigs: KernelConfig[] = [einsumConfig, ...delegatedConfigs, ...poolVolumeConfigs];

/** Cases that the CPU backend knows and the stock WASM kernel refuses or gets wrong. Registered last, so outermost. */
export const completingReplacements: KernelReplacement[] = [
  castToBoolReplacement,
  ...checkedIndexReplacements,
  checkedSliceReplacement,
  fittingUpstreamReplacement,
  floorDivReplacement,
  ...channelsFirstReplacements,
  ...delegatedReplacements,
  ...fusedBiasReplacements,
  ...checkedSizeReplacements,
  ...checkedWindowReplacements,
];
