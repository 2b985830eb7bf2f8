import { assemble } from '@factornet/assembler';
import { refuseNonFinite } from '@factornet/core/internal';
import type { Networks } from '../networks/networks';
import {
  ANSWERS_BATCH,
  type MeasureAnswersOptions,
  type MeasuredAnswers,
  measureAnswers,
} from './measure-answers';
import type { Report } from './report';

export interface MeasureAssemblyOptions
  extends Pick<MeasureAnswersOptions, 'kinds' | 'data' | 'examples' | 'seed' | 'onProgress' | 'signal'> {
  readonly networks: Networks;
}

/**
 * Assembles networks, runs the assembly over a dataset and holds it against the labels and each factor's own outputs.
 *
 * @throws CancelledError on `signal`
 */
export async function measureAssembly({
  networks: { common, factors, sources },
  ...options
}: MeasureAssemblyOptions): Promise<Pick<Report, 'assembly' | 'examples'> & Pick<MeasuredAnswers, 'joint'>> {
  const network = await assemble(sources.common, sources.factors, {
    kinds: options.kinds,
    fusions: Object.values(factors).map(({ fusion }) => fusion),
  });
  try {
    const { examples, joint, ...assembly } = await measureAnswers({
      ...options,
      common,
      factors,
      async answer(images) {
        const said = Object.entries(network.logits(images));
        const read = said.map(async ([task, tensor]) => {
          const values = await tensor.data<'float32'>().finally(() => tensor.dispose());
          refuseNonFinite(values, values.length / (images.shape[0] || 1), `the factor "${task}"`);
          return [task, values] as const;
        });
        return Object.fromEntries(await Promise.all(read));
      },
    });
    const batches = Math.ceil(options.data.size / ANSWERS_BATCH);
    return {
      assembly: { ...assembly, commonEvaluationsPerInput: network.commonEvaluations / batches },
      joint,
      examples,
    };
  } finally {
    network.dispose();
  }
}
