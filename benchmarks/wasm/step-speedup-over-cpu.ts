import { registerTrainingKernels, unregisterTrainingKernels } from '@factornet/backend-wasm';
import { setBackend } from '@tensorflow/tfjs';
import { networks } from './networks';
import { median, millisecondsOf, type Repeats, timeInRounds } from './timing';
import { trainingPasses } from './training-passes';

const batch = 4;

export interface StepSpeedupOverCpu {
  readonly stepSpeedupOverCpu: number;
  readonly milliseconds: { readonly cpu: number; readonly wasm: number };
}

/**
 * One training step of the six-layer network: TensorFlow.js's CPU backend, with its own gradients, over ours.
 * The CPU step takes seconds, so warming up would cost much and change little; it is left out.
 */
export async function measureStepSpeedupOverCpu(
  repeats: Repeats,
  cpuSteps: number,
): Promise<StepSpeedupOverCpu> {
  unregisterTrainingKernels();
  await setBackend('cpu');
  const onCpu = trainingPasses(networks.simpleConv, batch);
  const cpu = median(Array.from({ length: cpuSteps }, () => millisecondsOf(onCpu.step)));
  onCpu.dispose();

  registerTrainingKernels();
  await setBackend('wasm');
  const onWasm = trainingPasses(networks.simpleConv, batch);
  const { wasm } = timeInRounds({ wasm: onWasm.step }, repeats);
  onWasm.dispose();
  return { stepSpeedupOverCpu: cpu / wasm, milliseconds: { cpu, wasm } };
}
