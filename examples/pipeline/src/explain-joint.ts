import type { JointFigures } from '@factornet/pipeline';

/** One line for a terminal. */
export function explainJoint({ labelSpace, classes, accuracy: { teacher, assembly } }: JointFigures): string {
  return (
    `Jointly, among all ${classes} classes of "${labelSpace}": ` +
    `teacher ${teacher.toFixed(3)}, assembly ${assembly.toFixed(3)}`
  );
}
