import { input as quickstartInput, together } from '@factornet/example-quickstart/settings';
import type { ClassificationTask, InputDescription } from '@factornet/spec';
import { type Backbone, residual } from '@factornet/zoo';

export interface AssemblyCase {
  /** For the table. */
  readonly description: string;
  readonly input: InputDescription;
  readonly common: Backbone;
  readonly specific: Backbone;
}

/** Networks of the quickstart's size, and a common-knowledge network that takes most of the time itself. */
export const cases = {
  quickstart: {
    description: "the quickstart's networks that are trained together",
    input: quickstartInput,
    common: together.common(),
    specific: together.specific(),
  },
  residual: {
    description: 'ResNet-20 with task-specific networks of a quarter of its width',
    input: quickstartInput,
    common: residual({ filters: [16, 32, 64], blocksPerStage: 3 }),
    specific: residual({ filters: [4, 8, 16], blocksPerStage: 3 }),
  },
} as const satisfies Readonly<Record<string, AssemblyCase>>;

export type CaseName = keyof typeof cases;
export const caseNames = Object.keys(cases) as CaseName[];

/** Ten tasks of four classes each. */
export const tasks: readonly ClassificationTask[] = Array.from({ length: 10 }, (_, index) => ({
  name: `task-${index + 1}`,
  type: 'classification',
  classes: ['first', 'second', 'third', 'fourth'],
}));
