import type { Dataset } from '@factornet/data';
import {
  type EvaluateFactorizationOptions,
  evaluateFactorization,
  isOfTraining,
  type Teacher,
} from '@factornet/factorizer';
import { getBackend } from '@tensorflow/tfjs';
import type { Networks } from '../networks/networks';
import { measureAssembly } from './measure-assembly';
import { type JointFigures, measureJoint } from './measure-joint';
import type { Report } from './report';

export interface MeasureNetworksOptions
  extends Pick<EvaluateFactorizationOptions, 'kinds' | 'onProgress' | 'signal'> {
  readonly teacher: Teacher;
  readonly networks: Networks;
  /** That no network was trained on, labelled for the task of every factor: see `labelFor` of data. */
  readonly data: Dataset;
  /** Heading of a page that shows the report. */
  readonly title?: string;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Everything that a factorization is found to be on held-out pictures: what `evaluateFactorization` measures, its
 * assembly, sizes, and some pictures with what is said of them.
 *
 * @throws as `evaluateFactorization`
 * @example
 * const networks = await readNetworks('out');
 * const report = await measureNetworks({ teacher, networks, data: test });
 * networks.dispose();
 */
export async function measureNetworks({
  teacher,
  networks,
  data,
  title,
  kinds,
  seed = 0,
  onProgress,
  signal,
}: MeasureNetworksOptions): Promise<Report> {
  const { common, factors, bytes, parameters, history } = networks;
  const listening = { ...(kinds && { kinds }), ...(onProgress && { onProgress }), ...(signal && { signal }) };
  const startedAt = performance.now();
  const evaluation = await evaluateFactorization({ teacher, common, factors, data, seed, ...listening });
  const evaluatedAt = performance.now();
  const { assembly, joint, examples } = await measureAssembly({ networks, kinds, data, seed, signal });
  const together: JointFigures[] = [];
  for (const answers of joint) {
    const options = { ...(kinds && { kinds }), ...(signal && { signal }), seed };
    together.push(await measureJoint(answers, teacher, data, options));
  }
  return {
    ...evaluation,
    ...(title !== undefined && { title }),
    measuredOn: evaluation.examples,
    assembly,
    joint: together,
    bytes,
    parameters,
    seconds: {
      evaluate: (evaluatedAt - startedAt) / 1000,
      assemble: (performance.now() - evaluatedAt) / 1000,
    },
    backend: getBackend(),
    seed,
    history,
    findings: [...networks.findings.filter(isOfTraining), ...evaluation.findings],
    examples,
  };
}
