import {
  type ClassificationTask,
  InvalidOptionError,
  MISSING_LABEL,
  UnknownTaskError,
} from '@factornet/spec';
import { checkTaskName, isClassification } from '@factornet/spec/training';
import { checkLabels } from '../batches/check-labels';
import type { Dataset, Labels } from '../dataset';
import { readLabels } from '../labels/read-labels';
import { withLabels } from '../labels/with-labels';

export interface ClassSubsetsOptions {
  /** Name of the space the classes come from, kept in each task's `labelSpace`. Default: the task's name. */
  labelSpace?: string;
}

/**
 * The same pictures with other tasks, each about some classes of `task`. A picture of another class is
 * labelled `MISSING_LABEL` (−1) there. The new task's classes are numbered in the order they are listed, and its
 * `labelSpace` says where they sit among all.
 *
 * @throws UnknownTaskError if the dataset has no such classification
 * @throws InvalidOptionError for an unknown or repeated class, fewer than two, or a name that no task can have
 * @throws LabelOutOfRangeError when a label is read that is none of the task's classes
 * @example
 * const dataset = classSubsets(cifar10, 'class', {
 *   vehicles: ['airplane', 'automobile', 'ship', 'truck'],
 *   animals: ['bird', 'cat', 'deer', 'dog', 'frog', 'horse'],
 * }, { labelSpace: 'cifar10' });
 */
export function classSubsets(
  dataset: Dataset,
  task: string,
  groups: Readonly<Record<string, readonly string[]>>,
  { labelSpace: spaceName }: ClassSubsetsOptions = {},
): Dataset {
  const known = dataset.tasks.filter(isClassification);
  const source = known.find(({ name }) => name === task);
  if (source === undefined) {
    throw new UnknownTaskError({ task, known: known.map(({ name }) => name) });
  }
  for (const name of Object.keys(groups)) checkTaskName(name, 'groups');
  const subsets = Object.entries(groups).map(([name, classes]) => ({
    description: descriptionOfSubset(source, name, classes, spaceName),
    // Position of the source's class among the subset's.
    renumbered: Int32Array.from(source.classes, (className) => classes.indexOf(className)),
  }));
  const divide = (labels: Labels, indices: ArrayLike<number>): Labels => {
    const classIndices = labels[task] as Int32Array;
    checkLabels(source, classIndices, indices);
    // A class outside the subset is numbered −1 by indexOf, which is MISSING_LABEL; so is a missing label.
    return Object.fromEntries(
      subsets.map(({ description, renumbered }) => [
        description.name,
        classIndices.map((label) => renumbered[label] ?? MISSING_LABEL),
      ]),
    );
  };
  const divided: Dataset = {
    name: `${dataset.name}.${task}(${JSON.stringify(groups)})`,
    size: dataset.size,
    imageShape: dataset.imageShape,
    tasks: subsets.map(({ description }) => description),
    ...(dataset.notes && { notes: dataset.notes }),
    async read(indices) {
      const { size, images, labels } = await dataset.read(indices);
      return { size, images, labels: divide(labels, indices) };
    },
  };
  const labels: Dataset['labels'] = async (indices) => divide(await readLabels(dataset, indices), indices);
  return withLabels(divided, dataset.labels && labels);
}

function descriptionOfSubset(
  source: ClassificationTask,
  name: string,
  classes: readonly string[],
  spaceName = source.labelSpace?.name ?? source.name,
): ClassificationTask {
  const known = Array.isArray(classes) && classes.every((className) => source.classes.includes(className));
  if (!known || classes.length < 2 || new Set(classes).size < classes.length) {
    throw new InvalidOptionError({
      option: `groups.${name}`,
      expected: `two or more different classes of ${source.classes.join(', ')}`,
      received: classes,
    });
  }
  // A subset of a subset stays in the space of the whole.
  const space = source.labelSpace ?? {
    classes: source.classes,
    indices: source.classes.map((_, index) => index),
  };
  return {
    name,
    type: 'classification',
    classes: [...classes],
    labelSpace: {
      name: spaceName,
      classes: [...space.classes],
      indices: classes.map((className) => space.indices[source.classes.indexOf(className)] as number),
    },
  };
}
