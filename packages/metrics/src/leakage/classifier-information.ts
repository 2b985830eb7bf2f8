import {
  countGroups,
  cutBetweenGroups,
  discreteEntropy,
  type FeatureMatrix,
  learnPreparation,
  numberAt,
  orderByGroup,
  prepare,
  selectRows,
} from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, MISSING_LABEL } from '@factornet/spec';
import { countClasses } from '../accuracy';
import { crossEntropy } from '../logistic/cross-entropy';
import { fitLogistic } from '../logistic/fit-logistic';
import { groupExamples } from './group-examples';
import type { LabelInformation } from './label-information';
import { bestTrust, mixWithPrior } from './trust';

export interface ClassifierInformationOptions {
  /** λ of the classifier's penalty `λ/2 · ‖W‖²` on standardised features, above 0. Default 1. */
  penalty?: number;
}

/**
 * A lower bound on the information between features and a label, in nats: `I(t; y) ≥ H(y) − CE`, where CE is the
 * cross-entropy of a linear classifier (multinomial logistic) that is trained on one half of the examples and read on the
 * other, and H(y) is the entropy of the labels of that other half (Barber–Agakov).
 *
 * It holds whatever the classifier is worth, and is low where a straight line cannot read what is there. It is not
 * clamped: a small negative value is what chance makes of features that tell nothing. The classifier is calibrated within
 * its half, `p ∝ p_classifier^s · p_prior^(1−s)` with the s that examples kept aside like best, so that many features
 * which tell nothing lead to s near 0 and a value near 0, not to one far below.
 *
 * A class that no example to train on has costs `log` of about the number of examples each time it is met.
 *
 * Source: Barber and Agakov, "The IM Algorithm" (NeurIPS 2003); Poole et al. (arXiv 1905.06922), section 2.1.
 *
 * @throws InvalidOptionError for a penalty that is not above 0
 * @example
 * const nats = await classifierInformation().estimate({ features, labels, classes, split: { train, test } });
 */
export function classifierInformation({ penalty = 1 }: ClassifierInformationOptions = {}): LabelInformation {
  if (!(penalty > 0 && Number.isFinite(penalty))) {
    throw new InvalidOptionError({ option: 'penalty', expected: 'a number above 0', received: penalty });
  }
  return {
    name: 'classifier-bound',
    direction: 'lower',
    async estimate({ features, labels, classes, split }) {
      const train = labelledPart(features, labels, split.train);
      const test = labelledPart(features, labels, split.test);
      const predict = await trainClassifier(train, classes, penalty);
      // A class never seen would cost infinitely much; this is what one example more is worth.
      const smoothing = 1 / (train.labels.length + 1);
      const cost = crossEntropy(predict(test.features), test.labels, { smoothing });
      return discreteEntropy(test.labels) - cost;
    },
  };
}

interface LabelledPart {
  readonly features: FeatureMatrix;
  readonly labels: Int32Array;
}

function labelledPart(
  features: FeatureMatrix,
  labels: ArrayLike<number>,
  positions: Int32Array,
): LabelledPart {
  const labelled = positions.filter((row) => labels[row] !== MISSING_LABEL);
  return {
    features: selectRows(features, labelled),
    labels: labelled.map((row) => labels[row] as number),
  };
}

type Predict = (features: FeatureMatrix) => FeatureMatrix;

/** A calibrated classifier of these examples: class probabilities `[examples, classes]`. */
async function trainClassifier(train: LabelledPart, classes: number, penalty: number): Promise<Predict> {
  const groups = groupExamples(train.labels.length, [train.features]);
  const order = orderByGroup(randomStream(0, 'classifier-information').permutation(groups.length), groups);
  const quarter = Math.floor(order.length / 4);
  const canPart = quarter > 0 && countGroups(groups) > 1;
  const [aside] = canPart ? (cutBetweenGroups(order, groups, [quarter]) as [number]) : [0];
  let trust = 1;
  if (aside > 0) {
    const part = (positions: Int32Array) => labelledPart(train.features, train.labels, positions);
    const [kept, learnt] = [part(order.subarray(0, aside)), part(order.subarray(aside))];
    const predict = await fitStandardised(learnt, classes, penalty);
    trust = bestTrust(predict(kept.features), priorOf(learnt.labels, classes), kept.labels);
  }
  const predict = await fitStandardised(train, classes, penalty);
  const prior = priorOf(train.labels, classes);
  return (features) => mixWithPrior(predict(features), prior, trust);
}

async function fitStandardised(
  { features, labels }: LabelledPart,
  classes: number,
  penalty: number,
): Promise<Predict> {
  const preparation = learnPreparation(features, true);
  if (preparation.kept.length === 0) {
    const prior = priorOf(labels, classes);
    return ({ rows }) => {
      const data = Float64Array.from({ length: rows * classes }, (_, index) =>
        numberAt(prior, index % classes),
      );
      return { rows, columns: classes, data };
    };
  }
  const fitted = await fitLogistic(prepare(features, preparation), labels, classes, { penalty });
  return (examples) => fitted.probabilities(prepare(examples, preparation));
}

/** The share of each class. */
function priorOf(labels: Int32Array, classes: number): Float64Array {
  return Float64Array.from(countClasses(labels, classes), (count) => count / labels.length);
}
