import { NotComparableError, type TaskDescription } from '@factornet/spec';

/** What a joint distribution needs to know of a factor. */
export interface JointFactor {
  readonly task: TaskDescription;
  readonly logitScale?: number | undefined;
  readonly temperature?: number | undefined;
}

/** How factors for some classes of a label space make one distribution over all of these classes. */
export interface JointPlan {
  readonly labelSpace: string;
  /** What the factors tell apart together, in the order of the label space. */
  readonly classes: readonly string[];
  /** Positions of these classes in the label space. */
  readonly indices: readonly number[];
  /** The factors that take part. */
  readonly tasks: readonly string[];
  /** What scaled logits are divided by: the geometric mean of the factors' temperatures, where they state one. */
  readonly temperature: number;
  /** Per class: which of the factors tells it, which of that one's logits it is, and what that is multiplied by. */
  readonly columns: readonly { readonly factor: number; readonly logit: number; readonly scale: number }[];
}

/**
 * Plans one distribution over the classes of several factors of one label space: a pure function.
 *
 * A factor's logits times its `logitScale` are, as near as it came to its teacher, the teacher's logits less their mean
 * over all classes of the label space: `s_j·logits_j ≈ l_k − mean(l)`. That mean is the same for all factors, and
 * softmax does not see what is the same for all classes. So over the union of their classes the softmax of the scaled
 * logits is the teacher's distribution, given that it is one of these classes. Divided by one temperature for all, it is
 * as sure as it is right, and names the same class. A factor by itself is taken as it is.
 *
 * @throws NotComparableError if no factor is of that label space, if they mean different classes by it, share a class,
 * or one of several states no scale
 * @example
 * const { classes } = planJoint([animals.manifest, vehicles.manifest], 'cifar10');
 */
export function planJoint(factors: readonly JointFactor[], labelSpace: string): JointPlan {
  const refuse = (reason: string, hint: string) => new NotComparableError({ labelSpace, reason }, { hint });
  const members = factors.filter(({ task }) => task.labelSpace?.name === labelSpace);
  const [first] = members;
  if (first === undefined) {
    const known = [...new Set(factors.flatMap(({ task }) => task.labelSpace?.name ?? []))];
    throw refuse(
      'no factor here is of that label space',
      `Label spaces here: ${known.map((name) => JSON.stringify(name)).join(', ') || 'none'}.`,
    );
  }
  const spaceOf = ({ task }: JointFactor) => task.labelSpace as NonNullable<typeof task.labelSpace>;
  const other = members.find(
    (each) => spaceOf(each).classes.join('\n') !== spaceOf(first).classes.join('\n'),
  );
  if (other !== undefined) {
    throw refuse(
      `"${first.task.name}" and "${other.task.name}" have different classes by that name`,
      'Assemble factors of one teacher.',
    );
  }
  const unscaled = members.find(({ logitScale }) => logitScale === undefined);
  if (unscaled !== undefined && members.length > 1) {
    throw refuse(
      `the factor "${unscaled.task.name}" states no logit scale`,
      'Factorize again, so that scales are fitted; or predict each task by itself: predict(images).',
    );
  }
  const stated = members.flatMap(({ temperature }) => temperature ?? []);
  const temperature = stated.reduce((product, each) => product * each ** (1 / stated.length), 1);
  const columns = members
    .flatMap((member, factor) =>
      spaceOf(member).indices.map((index, logit) => ({
        index,
        column: {
          factor,
          logit,
          scale: members.length > 1 ? (member.logitScale as number) / temperature : 1,
        },
      })),
    )
    .sort((one, another) => one.index - another.index);
  const taskOf = (position: number) => members[columns[position]?.column.factor as number]?.task.name;
  columns.forEach(({ index }, position) => {
    if (position === 0 || columns[position - 1]?.index !== index) return;
    throw refuse(
      `"${taskOf(position - 1)}" and "${taskOf(position)}" both tell the class "${spaceOf(first).classes[index]}"`,
      `Leave one of them out: remove("${taskOf(position)}").`,
    );
  });
  const indices = columns.map(({ index }) => index);
  return {
    labelSpace,
    classes: indices.map((index) => spaceOf(first).classes[index] as string),
    indices,
    tasks: members.map(({ task }) => task.name),
    temperature,
    columns: columns.map(({ column }) => column),
  };
}
