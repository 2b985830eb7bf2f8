import {
  type ClassificationPrediction,
  type ClassificationTask,
  classification,
  InvalidOptionError,
} from '@factornet/spec';
import { checkClasses } from '@factornet/spec/training';
import { checkLabels } from '../batches/check-labels';
import { list, noteAbsent } from '../labels/class-names';
import type { LabelledTaskKind, LabelMatch } from './labelled-task-kind';

/** Classification, labelled by class indices; `MISSING_LABEL` (−1) where an example has none. */
export function labelledClassification(): LabelledTaskKind<ClassificationTask, ClassificationPrediction> {
  return {
    ...classification(),
    check: checkClasses,
    labelSize: () => 1,
    checkLabels,
    matchLabels: (own, wanted) => (sameClasses(own, wanted) ? undefined : matchClasses(own, wanted)),
    explainLabel: ({ classes }, labels, example) => classes[labels[example] as number],
    noteAbsent({ name, classes }, labels) {
      const present = new Set(labels);
      return noteAbsent(
        name,
        classes.filter((_, label) => !present.has(label)),
      );
    },
  };
}

/** Numbers classes as `wanted` does, by name. Those that only `wanted` knows have no example. */
function matchClasses(own: ClassificationTask, wanted: ClassificationTask): LabelMatch {
  const unknown = own.classes.filter((name) => !wanted.classes.includes(name));
  if (unknown.length > 0) {
    throw new InvalidOptionError(
      {
        option: 'data',
        expected: `labelled with classes of the task "${own.name}" only (${list(wanted.classes, 40)})`,
        received: unknown,
      },
      { hint: 'Classes are matched by name, so rename what means the same, and leave out what is another.' },
    );
  }
  const renumbered = Int32Array.from(own.classes, (name) => wanted.classes.indexOf(name));
  return {
    convert(labels, indices) {
      checkLabels(own, labels, indices);
      return labels.map((label) => renumbered[label] ?? label);
    },
    notes: noteAbsent(
      own.name,
      wanted.classes.filter((name) => !own.classes.includes(name)),
    ),
  };
}

function sameClasses({ classes: one }: ClassificationTask, { classes: other }: ClassificationTask): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
