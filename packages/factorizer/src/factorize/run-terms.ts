import type { Dataset } from '@factornet/data';
import { InvalidOptionError } from '@factornet/spec';
import type { CommonPart } from '../networks/common-part';
import type { FactorPart } from '../networks/factor-part';
import type { ObjectiveTerm } from '../objective/objective-term';
import { requireTaps } from '../objective/require-taps';
import { isMap } from '../objective/select-taps';
import { readingShapes, readingsOf } from '../objective/tap-reading';
import { measureReadings, type ReadingMoments } from '../teacher/reading-moments';
import type { Teacher } from '../teacher/teacher';
import type { TeacherLookUp } from '../teacher/teacher-cache';
import type { LabelSurvey } from '../training/label-survey';
import type { RunningTerm, RunTask } from './prepare-step';
import { type TrainingOptions, trainingDefaults } from './training-options';

/** What decides which terms there are in a run, and what they are prepared with. */
export interface TermContext {
  readonly teacher: Teacher | undefined;
  readonly common: CommonPart;
  readonly tasks: readonly RunTask[];
  readonly factors: readonly FactorPart[];
  /** What the networks are trained on, terms that do not fit included. */
  readonly objective: readonly ObjectiveTerm[];
  readonly options: TrainingOptions;
}

/**
 * Leaves out terms about a common network that is frozen, a teacher that is absent, maps that one of these lacks, or rates
 * of Gaussian codes where there is none.
 *
 * @throws InvalidOptionError if none is left
 */
export function selectTerms({
  objective,
  common,
  factors,
  teacher,
}: Pick<TermContext, 'objective' | 'common' | 'factors' | 'teacher'>): ObjectiveTerm[] {
  const hasGaussians = factors.some(({ code }) => code.gaussian);
  const hasMaps = ({ reads }: ObjectiveTerm) =>
    common.maps.length > 0 && Object.values(readingShapes(reads, teacher?.tapShapes ?? {})).some(isMap);
  const terms = objective.filter(
    (term) =>
      (common.trainable || !term.needs.includes('trainable-common')) &&
      (teacher !== undefined || !term.needs.includes('teacher')) &&
      (hasGaussians || !term.needs.includes('gaussian-codes')) &&
      (!term.needs.includes('maps') || hasMaps(term)),
  );
  if (terms.length > 0) return terms;
  throw new InvalidOptionError({
    option: 'objective',
    expected: 'a list with at least one term that fits: some need a teacher or a trainable common network',
    received: objective.map(({ name }) => name),
  });
}

/**
 * Makes terms ready, those that need no moments before the teacher is asked about every picture: what is wrong about them
 * is said before that.
 *
 * @param running filled, in an order that the terms alone decide; the caller disposes of what is in it, also if this throws
 * @param ask has the teacher answer
 */
export async function prepareTerms(
  terms: readonly ObjectiveTerm[],
  context: TermContext & { readonly data: Dataset },
  survey: LabelSurvey,
  running: RunningTerm[],
  ask: () => Promise<TeacherLookUp | undefined>,
): Promise<TeacherLookUp | undefined> {
  const { teacher, data, options } = context;
  const late = terms.filter(({ needs }) => needs.includes('moments'));
  for (const term of terms) {
    if (late.includes(term)) requireTaps(teacher?.tapShapes ?? {}, term.name);
    else running.push(prepareTerm(term, context, survey, {}));
  }
  const lookUp = await ask();
  if (lookUp === undefined || late.length === 0) return lookUp;
  const moments = await measureReadings(lookUp, data, {
    readings: readingsOf(late),
    seed: options.seed ?? trainingDefaults.seed,
    signal: options.signal,
  });
  for (const term of late) {
    running.push(prepareTerm(term, context, survey, (term.reads && moments.get(term.reads)) ?? {}));
  }
  return lookUp;
}

function prepareTerm(
  term: ObjectiveTerm,
  { common, tasks, factors, teacher, options }: TermContext,
  { entropy }: LabelSurvey,
  tapMoments: Readonly<Record<string, ReadingMoments>>,
): RunningTerm {
  const running = term.prepare({
    commonFeatures: common.features,
    codeFeatures: Object.fromEntries(factors.map(({ task, features }) => [task.name, features])),
    codes: Object.fromEntries(factors.map(({ task, code }) => [task.name, code])),
    mapShapes: Object.fromEntries(common.maps.map(({ name, shape }) => [name, shape])),
    tapShapes: readingShapes(term.reads, teacher?.tapShapes ?? {}),
    tapMoments,
    tasks: tasks.map(({ task }) => task),
    kinds: options.kinds ?? trainingDefaults.kinds,
    labelEntropy: entropy,
    seed: options.seed ?? trainingDefaults.seed,
  });
  return { ...term, running };
}
