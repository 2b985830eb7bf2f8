import { type FeatureMatrix, selectRows } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { leakageInformation, type ProbedTask } from '@factornet/metrics';
import { type Critic, estimate, infoNCE, separableCritic } from '@factornet/mi';
import { type CodeInformation, codeInformation } from './code-information';
import type { Codes } from './collect-codes';
import type { CommonInformation, InformationEvaluation } from './information-evaluation';

export interface InformationOptions {
  /** Examples to measure on at most, drawn by the seed; time grows with their square. Default 2000. */
  examples?: number;
  /**
   * Most steps of training a critic between the teacher's features and z, what takes longest. 0 leaves I(x; z) out.
   * Default 400.
   */
  steps?: number;
  /** Default: a small separable one, since a few thousand examples are soon learned by heart. */
  critic?: Critic;
}

export interface MeasureInformationRequest extends InformationOptions {
  readonly codes: Codes;
  readonly tasks: readonly ProbedTask[];
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a critic can be trained, chosen and read on: four batches of two in a quarter of the examples. */
const FEWEST_EXAMPLES = 32;

/**
 * The information of all codes, in nats, on collected examples.
 *
 * @throws CancelledError on `signal`
 */
export async function measureInformation(request: MeasureInformationRequest): Promise<InformationEvaluation> {
  const { codes, tasks, seed, signal, examples = 2000, steps = 400 } = request;
  const { columns, labels } = codes;
  const count = Math.min(examples, columns.rows);
  const rows = randomStream(seed, 'information').permutation(columns.rows).slice(0, count);
  const information: [string, CodeInformation][] = [];
  for (const { name } of tasks) {
    // What a code tells of the picture is known of Gaussians alone; of others their capacity is.
    if (!columns.has(`${name}/log-variance`)) continue;
    const [mean, logVariance, sample] = ['mean', 'log-variance', 'sample'].map((kind) =>
      columns.matrix(`${name}/${kind}`),
    ) as [FeatureMatrix, FeatureMatrix, FeatureMatrix];
    information.push([name, await codeInformation({ mean, logVariance, sample, rows, signal })]);
  }
  const common =
    count < FEWEST_EXAMPLES || steps === 0
      ? undefined
      : await commonInformationOf({ ...request, steps }, rows);
  const told = await leakageInformation({
    sources: Object.fromEntries(tasks.map(({ name }) => [name, columns.matrix(`${name}/code`)])),
    labels,
    tasks,
    split: { seed },
    signal,
  });
  return {
    ...(common && { common }),
    codes: Object.fromEntries(information),
    labels: told.information,
    labelEntropy: told.labelEntropy,
  };
}

/** InfoNCE between the teacher's features, all taps side by side, and z. */
async function commonInformationOf(
  {
    codes: { columns },
    steps,
    critic = separableCritic({ hidden: [64], embedding: 16 }),
    seed,
    signal,
  }: MeasureInformationRequest & { steps: number },
  rows: Int32Array,
): Promise<CommonInformation> {
  const found = await estimate(
    {
      x: selectRows(columns.joined('teacher/features/'), rows),
      y: selectRows(columns.matrix('common'), rows),
    },
    { estimator: infoNCE(), critic, steps, learningRate: 2e-3, seed, ...(signal && { signal }) },
  );
  return {
    lower: found.value,
    standardError: found.standardError,
    cap: found.cap ?? 0,
    warnings: found.warnings.map(({ message }) => message),
  };
}
