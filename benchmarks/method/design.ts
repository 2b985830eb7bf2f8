import { commonBackbone, specificBackbones } from '@factornet/example-quickstart/settings';

/** The networks of the new design, the quickstart's; all else is as `factorize` has it. */
export const design = { common: commonBackbone, specific: specificBackbones } as const;
