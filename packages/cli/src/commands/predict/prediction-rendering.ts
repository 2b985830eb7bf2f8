import type { TaskPrediction } from '@factornet/assembler';
import { formatShare } from '../../render/format';
import { numeric, type Table, tableOf } from '../../render/table';

interface Probable {
  readonly class: string;
  readonly probability: number;
}

/** What is told of one picture and task, as `--json` prints it. */
export interface Told extends Probable {
  readonly probabilities: Readonly<Record<string, number>>;
  /** With `--top`: so many classes, the most probable first. */
  readonly top?: readonly Probable[];
}

/** What is told of one picture: by task, or with `--joint` of a label space. */
export type Prediction = { readonly image: string } & (
  | { readonly tasks: Readonly<Record<string, Told>> }
  | { readonly joint: Told & { readonly labelSpace: string } }
);

export function toldBy({ classes, labels, probabilities }: TaskPrediction, top?: number): Told {
  const all = classes.map((name, position) => ({
    class: name,
    probability: probabilities[position] as number,
  }));
  return {
    class: labels[0] as string,
    probability: Math.max(...probabilities),
    probabilities: Object.fromEntries(all.map((one) => [one.class, one.probability])),
    // Of equals the first, as for the one class that is told without it.
    ...(top !== undefined && { top: all.sort((a, b) => b.probability - a.probability).slice(0, top) }),
  };
}

/** A row per class that is told. */
export function renderPredictions(
  predictions: readonly Prediction[],
  { joint }: { readonly joint?: string },
): Table {
  const rows = predictions.flatMap((prediction) => {
    const told =
      'joint' in prediction ? { [prediction.joint.labelSpace]: prediction.joint } : prediction.tasks;
    return Object.entries<Told>(told).flatMap(([name, one], position) =>
      (one.top ?? [one]).map(({ class: told, probability }, rank) => [
        position === 0 && rank === 0 ? prediction.image : '',
        rank === 0 ? name : '',
        told,
        formatShare(probability),
      ]),
    );
  });
  const heading = joint === undefined ? 'task' : 'label space';
  return tableOf(['picture', heading, 'class', numeric('probability')], rows);
}
