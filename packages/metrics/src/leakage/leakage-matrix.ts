import { linearProbe } from '../probe/linear-probe';
import { splitHalves } from './halves';
import type { LeakageRequest, LeakageResult, LeakageSummary } from './leakage-request';
import { bestOf, checkRequest, labelsIn, referenceOf } from './leakage-scale';
import { type Influenced, meanOf, meanScore, measured, normalisedScore } from './measured';
import { startReadings } from './probe-task';
import type { ExampleScores } from './task-probe';

/**
 * Measures what each factor's code gives away about every *other* task:
 * `leakage[from][to] = (a − chance) / (a_teacher − chance)`, where `a` is the accuracy of a probe from
 * t_from to the classes of task `to` and `a_teacher` that of the same probe on the teacher's own features. Of a task that
 * is no classification, `a` is the score of its own probe.
 *
 * Pass examples that no network was trained on: probes are trained on one half of these held-out examples
 * and read on the other half. Chance is guessing the most frequent class of the training half. Values may
 * lie a little below 0 by sampling error, and above 1 where t tells more than the teacher's features. Standard errors are
 * over draws of the half that is read, by the delta method through the normalisation; probe, chance and teacher were right
 * about the same examples, which they take into account.
 *
 * @throws InvalidOptionError if the teacher's features tell a task no better than chance (by two standard
 * errors), since its leakage has no scale then, unless such tasks are to be left out; or if a half holds no label of a task
 * @throws UnknownTaskError for a source that names no task
 * @throws ShapeMismatchError, LabelOutOfRangeError
 * @example
 * const { leakage, mean, maximum } = leakageMatrix({
 *   sources: { shape: shapeCodes, hue: hueCodes },
 *   common: z,
 *   reference: teacherFeatures,
 *   labels,
 *   tasks,
 *   split: { seed: 1 },
 *   probe: kernelProbe(),
 * });
 */
export function leakageMatrix(request: LeakageRequest): LeakageResult {
  const { sources, common, tasks, split, probe = linearProbe() } = request;
  const references = checkRequest(request);
  const examples = references[0].rows;
  // Equal codes are of different pictures; equal features of a teacher are of copies.
  const halves = splitHalves(split, examples, references);
  const labelsOf = labelsIn(request);
  const { guesses, read } = startReadings({ tasks, labelsOf, halves, probe });
  const ceilings = bestOf(references.map(read));
  const reference: LeakageResult['reference'] = {};
  for (const { name } of tasks) {
    const scale = referenceOf(name, guesses, ceilings, request.withoutScale);
    if (scale) reference[name] = scale;
  }
  const scaled = Object.keys(reference);
  const normalise = (scores: Record<string, ExampleScores>, to: string) =>
    normalisedScore(...scoresOf(to, scores, guesses, ceilings));
  const pairs: Pair[] = [];
  const result: Pick<LeakageResult, 'leakage' | 'rows' | 'ownTask' | 'accuracy'> = {
    leakage: {},
    rows: {},
    ownTask: {},
    accuracy: {},
  };
  for (const [from, source] of Object.entries(sources)) {
    const scores = read(source);
    const others = scaled.filter((to) => to !== from);
    const row = others.map((to) => ({ from, to, ...normalise(scores, to) }));
    pairs.push(...row);
    const summary = summaryOf(row);
    if (summary) result.rows[from] = summary;
    result.leakage[from] = Object.fromEntries(row.map((pair) => [pair.to, measured(pair)]));
    result.ownTask[from] = ownTaskOf(scores[from] as ExampleScores, guesses[from] as ExampleScores);
    result.accuracy[from] = Object.fromEntries(
      tasks.map(({ name }) => [name, meanScore(scores[name] as ExampleScores).mean]),
    );
  }
  const shared = common && read(common);
  return {
    ...{ ...result, probe: probe.name, examples, reference },
    ...(shared && {
      common: Object.fromEntries(scaled.map((name) => [name, measured(normalise(shared, name))])),
    }),
    ...summaryOf(pairs),
  };
}

type Pair = Influenced & { readonly from: string; readonly to: string };

function summaryOf(pairs: readonly Pair[]): LeakageSummary | undefined {
  const [first, ...others] = pairs;
  if (first === undefined) return undefined;
  const largest = others.reduce((most, pair) => (pair.value > most.value ? pair : most), first);
  const { from, to } = largest;
  return { mean: measured(meanOf(pairs)), maximum: { ...measured(largest), from, to } };
}

function scoresOf(task: string, ...scores: readonly Readonly<Record<string, ExampleScores>>[]) {
  return scores.map((each) => each[task]) as [ExampleScores, ExampleScores, ExampleScores];
}

/** A perfect answer scores 1 on every example that has a label. */
function ownTaskOf(own: ExampleScores, guess: ExampleScores): LeakageResult['ownTask'][string] {
  const perfect = guess.map((score) => (Number.isNaN(score) ? score : 1));
  return { accuracy: meanScore(own).mean, normalised: measured(normalisedScore(own, guess, perfect)) };
}
