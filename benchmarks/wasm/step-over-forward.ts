import { networks } from './networks';
import { type Repeats, timeInRounds } from './timing';
import { trainingPasses } from './training-passes';

const cases = {
  simpleConv64: { network: networks.simpleConv, batch: 64 },
  resnet18: { network: networks.resnet18, batch: 32 },
  mobilenetV2: { network: networks.mobilenetV2, batch: 32 },
} as const;

export type StepOverForwardNetwork = keyof typeof cases;
export const stepOverForwardNetworks = Object.keys(cases) as StepOverForwardNetwork[];

export interface StepOverForward {
  readonly stepOverForward: number;
  /** Only where asked for: each step of the larger networks takes seconds. */
  readonly stepOverForwardAdam?: number;
  readonly milliseconds: { readonly forward: number; readonly step: number; readonly stepAdam?: number };
}

/**
 * A training step over the forward pass that it contains, on WASM. Each round evaluates twice and counts the second
 * time: XNNPACK packs the weights that the step before has changed, which a forward pass by itself would not pay for.
 */
export function measureStepOverForward(
  name: StepOverForwardNetwork,
  repeats: Repeats,
  { adam }: { adam: boolean },
): StepOverForward {
  const { network, batch } = cases[name];
  const { forward, step, stepAdam, dispose } = trainingPasses(network, batch);
  try {
    if (!adam) {
      const milliseconds = timeInRounds({ packing: forward, forward, step }, repeats);
      return { stepOverForward: milliseconds.step / milliseconds.forward, milliseconds };
    }
    const milliseconds = timeInRounds({ packing: forward, forward, step, stepAdam }, repeats);
    return {
      stepOverForward: milliseconds.step / milliseconds.forward,
      stepOverForwardAdam: milliseconds.stepAdam / milliseconds.forward,
      milliseconds,
    };
  } finally {
    dispose();
  }
}
