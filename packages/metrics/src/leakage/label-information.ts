import { type FeatureMatrix, selectRows } from '@factornet/core/samples';
import type { Halves } from './halves';

/** Features of examples with their labels, and which of them may be learnt from. */
export interface LabelInformationRequest {
  /** `[examples, features]` */
  readonly features: FeatureMatrix;
  /** Class index per example; −1 for an example without a label, which does not count. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  /** Examples to learn from, and others to read the result on. Both hold a label. */
  readonly split: Halves;
}

/** An estimate of the information between features and a label, `I(t; y)` in nats: a plug-in. */
export interface LabelInformation {
  readonly name: string;
  /** Which side of the information it lies on, in expectation. */
  readonly direction: 'lower' | 'upper' | 'neither';
  estimate(request: LabelInformationRequest): number | Promise<number>;
}

/** An estimator that learns nothing and looks at all examples at once; `ross()` of `@factornet/mi` is one. */
export interface LabelledExampleEstimator {
  readonly name: string;
  readonly direction: 'lower' | 'upper' | 'neither';
  value(samples: { readonly features: FeatureMatrix; readonly labels: ArrayLike<number> }): number;
}

/**
 * Makes a `LabelInformation` of an estimator on labelled examples, which looks at the examples of both halves together.
 *
 * @example
 * import { ross } from '@factornet/mi';
 * await leakageInformation({ sources, labels, tasks, split, estimator: labelInformationOf(ross()) });
 */
export function labelInformationOf(estimator: LabelledExampleEstimator): LabelInformation {
  return {
    name: estimator.name,
    direction: estimator.direction,
    estimate({ features, labels, split: { train, test } }) {
      const positions = joined(train, test).sort();
      return estimator.value({
        features: selectRows(features, positions),
        labels: positions.map((row) => labels[row] as number),
      });
    },
  };
}

function joined(left: Int32Array, right: Int32Array): Int32Array {
  const all = new Int32Array(left.length + right.length);
  all.set(left);
  all.set(right, left.length);
  return all;
}
