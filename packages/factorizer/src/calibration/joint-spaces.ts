import type { FactorNetwork } from '@factornet/core';
import type { LabelSpace } from '@factornet/spec';

/** Factors that tell different classes of one label space, on one scale. */
export interface JointSpace {
  readonly name: string;
  readonly members: readonly JointMember[];
}

export interface JointMember {
  readonly task: string;
  readonly factor: FactorNetwork;
  /** Times this, its logits are on the scale on which they compare. */
  readonly scale: number;
  /** Positions of its classes in the label space. */
  readonly indices: readonly number[];
}

/** Every label space of which there are two factors or more with a logit scale, unless two tell one class. */
export function jointSpacesOf(factors: readonly FactorNetwork[]): JointSpace[] {
  const spaces = new Map<string, JointMember[]>();
  for (const factor of factors) {
    const { task, logitScale } = factor.description;
    const space: LabelSpace | undefined = task.labelSpace;
    if (space === undefined || logitScale === undefined) continue;
    const member = { task: task.name, factor, scale: logitScale, indices: space.indices };
    spaces.set(space.name, [...(spaces.get(space.name) ?? []), member]);
  }
  return [...spaces].flatMap(([name, members]) => {
    const classes = members.flatMap(({ indices }) => indices);
    const areDistinct = new Set(classes).size === classes.length;
    return members.length > 1 && areDistinct ? [{ name, members }] : [];
  });
}
