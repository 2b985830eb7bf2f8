import { commonBackbone, makeup, specificBackbones } from '@factornet/example-quickstart/settings';

/** The networks of the new design, for pictures of 32×32: the quickstart's, of sizes that a search on other pictures came to. */
export const design = { common: commonBackbone, specific: specificBackbones, options: makeup } as const;
