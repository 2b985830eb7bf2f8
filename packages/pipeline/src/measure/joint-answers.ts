import { type JointPlan, planJoint } from '@factornet/assembler';
import type { FactorNetwork } from '@factornet/core';
import { NotComparableError } from '@factornet/spec';
import { classesOf } from '@factornet/spec/internal';
import type { JointAnswers } from './measure-joint';

/**
 * What factors say together, from what each said by itself: an answer for every label space of which there are two or
 * more, and which they tell apart in such a way that they compare.
 *
 * @param logits by task, `[pictures × classes]`
 */
export function jointAnswersOf(
  factors: readonly FactorNetwork[],
  logits: Readonly<Record<string, Float32Array>>,
): JointAnswers[] {
  const described = factors.map(({ description }) => description);
  const spaces = described.flatMap(({ task }) => task.labelSpace?.name ?? []);
  const shared = new Set(spaces.filter((space, position) => spaces.indexOf(space) < position));
  return [...shared].flatMap((space) => {
    const plan = planOrNothing(() => planJoint(described, space));
    if (plan === undefined) return [];
    const joined = joinLogits(
      plan,
      plan.tasks.map((task) => logits[task] as Float32Array),
    );
    const { labelSpace, indices, temperature } = plan;
    return [
      { labelSpace, indices, temperature, probabilities: classesOf(joined, plan.classes).probabilities },
    ];
  });
}

function planOrNothing(plan: () => JointPlan): JointPlan | undefined {
  try {
    return plan();
  } catch (error) {
    if (NotComparableError.isInstance(error)) return undefined;
    throw error;
  }
}

/** The logits of all classes side by side, `[pictures × classes]`, on the scale on which they compare. */
function joinLogits({ columns }: JointPlan, members: readonly Float32Array[]): Float32Array {
  const widths = members.map((_, factor) => columns.filter((column) => column.factor === factor).length);
  const pictures = (members[0] as Float32Array).length / (widths[0] as number);
  const joined = new Float32Array(pictures * columns.length);
  columns.forEach(({ factor, logit, scale }, column) => {
    const [own, width] = [members[factor] as Float32Array, widths[factor] as number];
    for (let picture = 0; picture < pictures; picture++) {
      joined[picture * columns.length + column] = scale * (own[picture * width + logit] as number);
    }
  });
  return joined;
}
