import type { ClassificationTask } from '@factornet/spec';
import { mobileNetV2 } from '@factornet/zoo';
import { type AssemblyCase, cases as assemblyCases } from '../assembly/cases';

const strides = [1, 1, 2, 2, 1, 2, 1] as const;

/** The networks of `bench:assembly`, and depthwise ones, for which TensorFlow.js has fewer fused kernels. */
export const cases = {
  ...assemblyCases,
  mobilenetV2: {
    ...assemblyCases.residual,
    description: 'MobileNetV2 ×0.5 for 32×32 pictures with task-specific networks ×0.25',
    common: mobileNetV2({ width: 0.5, stemStride: 1, strides, features: 64 }),
    specific: mobileNetV2({ width: 0.25, stemStride: 2, strides, features: 64 }),
  },
} as const satisfies Readonly<Record<string, AssemblyCase>>;

export type CaseName = keyof typeof cases;
export const caseNames = Object.keys(cases) as CaseName[];

/** As many as the quickstart has. */
export const tasks: readonly ClassificationTask[] = ['first', 'second', 'third', 'fourth'].map((name) => ({
  name,
  type: 'classification',
  classes: ['a', 'b', 'c', 'd'],
}));
