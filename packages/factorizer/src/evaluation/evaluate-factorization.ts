import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { type Dataset, type LabelValues, matchTasks } from '@factornet/data';
import type { Calibration, Measured, Probe } from '@factornet/metrics';
import type { TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { codeFacts } from '../diagnosis/code-facts';
import { diagnoseCode } from '../diagnosis/diagnose-code';
import type { Finding } from '../diagnosis/finding';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { frozenCommonPart } from '../networks/common-part';
import type { Teacher } from '../teacher/teacher';
import type { ProgressListener } from '../training/progress';
import { type CapacityGuarantee, capacityGuarantees } from './capacity-guarantee';
import { type CodeLosses, codeLosses, type LeastCodeLoss, leastCodeLoss } from './code-losses';
import { type Codes, collectCodes } from './collect-codes';
import type { InformationEvaluation } from './information-evaluation';
import { type InformationOptions, measureInformation } from './measure-information';
import { measureLeakage, type ProbedLeakage } from './measure-leakage';
import type { PerTask } from './measured';
import { shuffleCodes } from './shuffle-codes';

/** Scores of a task's kind, 1 where all is right: of a classification the share of right answers. */
export interface FactorEvaluation {
  /** Of z and t, as they ship. */
  readonly accuracy: number;
  /** What the kind calls its score, where that is not `accuracy`. */
  readonly score?: string;
  readonly accuracyWithout: {
    /** Of the head on 0 and t: the common network blanked. */
    readonly common: number;
    /** Of the head on z and 0: the task-specific network blanked. */
    readonly specific: number;
  };
  /** Of `head(z + t of another picture)`, the same other one for all factors. */
  readonly accuracyWhenShuffled: number;
  /**
   * What the head loses without its own t, with standard errors from differences on the same pictures. Absent where fewer
   * than two examples have a label.
   */
  readonly codeMatters?: CodeLosses;
  /** By name, of each probe on t as it ships, trained on one half of the examples and read on the other. */
  readonly accuracyFromSpecificAlone: PerProbe<number>;
  /** The same with chance at 0 and a perfect answer at 1. */
  readonly normalisedFromSpecificAlone: PerProbe<Measured>;
  /** Of the probabilities of the head, for kinds whose answers have some. */
  readonly calibration?: Calibration;
  /** What else the kind measures, by name and unit. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** By name of the probe: `linear`, `kernel`. */
type PerProbe<Value> = Readonly<Record<string, Value>>;

/** What a factorization is worth, measured on examples that no network was trained on. */
export interface FactorizationEvaluation {
  readonly examples: number;
  readonly teacher: {
    readonly accuracy: PerTask;
    /** Of its own probabilities for the same classes. */
    readonly calibration: Readonly<Record<string, Calibration>>;
  };
  readonly factors: Readonly<Record<string, FactorEvaluation>>;
  /** Where a factor's own t matters least, to its score: where that is nothing, its head ignores t. */
  readonly codeMatters?: { readonly least: LeastCodeLoss };
  /** By name of the probe, what was read from what is shipped: `leakage.kernel.codes[from][to].value`. */
  readonly leakage: PerProbe<ProbedLeakage>;
  /** Per task, what the capacity of its code says of every reader. */
  readonly guarantees: Readonly<Record<string, CapacityGuarantee>>;
  /** The same in nats, and what the codes tell about the picture. */
  readonly information: InformationEvaluation;
  /** What is wrong with factors, as far as these examples tell. */
  readonly findings: readonly Finding[];
}

export interface EvaluateFactorizationOptions {
  teacher: Teacher;
  common: CommonNetwork;
  factors: Readonly<Record<string, FactorNetwork>>;
  /** Kinds of the tasks. Default `trainableTaskKinds`. */
  kinds?: readonly TrainableTaskKind[];
  /** Held-out examples with labels for every task; classes are matched by name. */
  data: Dataset;
  /** Of the noise in samples of t, and of the halves that probes are trained and read on. Default 0. */
  seed?: number;
  /** That read what codes leak. Default `[linearProbe(), kernelProbe()]`. */
  probes?: readonly Probe[];
  /** How the information in nats is measured. */
  information?: InformationOptions;
  onProgress?: ProgressListener;
  signal?: AbortSignal;
}

/**
 * Measures teacher and factors on held-out examples: accuracies, ablations, what each t tells about its own
 * task, leakage, what it tells about every other task, and both in nats, with bounds on what z and every t tell about
 * the picture.
 *
 * @throws CancelledError on `signal`
 * @throws NonFiniteOutputError if a network answers NaN or an infinite number
 * @throws InvalidOptionError if the data has a class that the factor's task does not
 * @throws InvalidOptionError if there are too few examples to measure information on
 */
export async function evaluateFactorization(
  options: EvaluateFactorizationOptions,
): Promise<FactorizationEvaluation> {
  const { teacher, common, kinds = trainableTaskKinds, seed = 0, probes, onProgress, signal } = options;
  const factors = Object.values(options.factors);
  const tasks = factors.map((factor) => factor.description.task);
  const data = matchTasks(options.data, tasks, kinds);
  const codes = await collectCodes({
    teacher,
    common: frozenCommonPart(common),
    factors,
    kinds,
    data,
    seed,
    onProgress,
    signal,
  });
  await shuffleCodes({ factors, columns: codes.columns, seed, signal });
  const probed = tasks.map((task) => kindOf(task, kinds).probed(task));
  const { leakage, ownTask } = await measureLeakage({ codes, tasks: probed, seed, probes, signal });
  const scoreOf = (task: TaskDescription, column: string) =>
    kindOf(task, kinds).measure(task, ...answersTo(codes, task, column));
  const calibrationOf = (task: TaskDescription, column: string) =>
    kindOf(task, kinds).measureCalibration?.(task, ...answersTo(codes, task, column), { seed });
  const findings: Finding[] = [];
  const evaluations = factors.map((factor): [string, FactorEvaluation] => {
    const { task } = factor.description;
    const { name } = task;
    const losses = codeLosses({ codes, factor, kinds, seed });
    findings.push(...diagnoseCode(codeFacts({ codes, factor, kinds, seed, losses })));
    const { score, figures: measure } = kindOf(task, kinds);
    const figures = measure?.(task, ...answersTo(codes, task, 'logits'));
    const calibration = calibrationOf(task, 'logits');
    return [
      name,
      {
        accuracy: scoreOf(task, 'logits'),
        accuracyWithout: {
          common: scoreOf(task, 'logits-without-common'),
          specific: scoreOf(task, 'logits-without-specific'),
        },
        accuracyWhenShuffled: scoreOf(task, 'logits-shuffled'),
        ...(losses && { codeMatters: losses }),
        accuracyFromSpecificAlone: perProbe(ownTask, (own) => own[name]?.accuracy),
        normalisedFromSpecificAlone: perProbe(ownTask, (own) => own[name]?.normalised),
        ...(score !== 'accuracy' && { score }),
        ...(calibration && { calibration }),
        ...(figures && { figures }),
      },
    ];
  });
  const information = await measureInformation({
    codes,
    tasks: probed,
    seed,
    signal,
    ...options.information,
  });
  const least = leastCodeLoss(
    Object.fromEntries(evaluations.map(([task, { codeMatters }]) => [task, codeMatters])),
  );
  return {
    examples: data.size,
    teacher: {
      accuracy: Object.fromEntries(tasks.map((task) => [task.name, scoreOf(task, 'teacher-logits')])),
      calibration: Object.fromEntries(
        tasks.flatMap((task) => {
          const calibration = calibrationOf(task, 'teacher-logits');
          return calibration === undefined ? [] : [[task.name, calibration]];
        }),
      ),
    },
    factors: Object.fromEntries(evaluations),
    ...(least && { codeMatters: { least } }),
    leakage,
    guarantees: capacityGuarantees(factors, information),
    information,
    findings,
  };
}

function perProbe<Found, Value>(
  found: PerProbe<Found>,
  read: (found: Found) => Value | undefined,
): PerProbe<Value> {
  return Object.fromEntries(Object.entries(found).map(([probe, each]) => [probe, read(each) as Value]));
}

function answersTo({ columns, labels }: Codes, { name }: TaskDescription, column: string) {
  return [columns.matrix(`${name}/${column}`), labels[name] as LabelValues] as const;
}
