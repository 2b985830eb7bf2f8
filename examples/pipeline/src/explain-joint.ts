import type { JointFigures } from '@factornet/pipeline';

/** One line for a terminal. */
export function explainJoint({
  labelSpace,
  classes,
  accuracy,
  temperature,
  calibration,
}: JointFigures): string {
  const { before, assembly } = calibration;
  return (
    `Jointly, among all ${classes} classes of "${labelSpace}": ` +
    `teacher ${accuracy.teacher.toFixed(3)}, assembly ${accuracy.assembly.toFixed(3)}; calibration error ` +
    `${assembly.error.toFixed(3)} ± ${assembly.standardError.toFixed(3)} at temperature ${temperature.toFixed(2)}, ` +
    `${before.error.toFixed(3)} without`
  );
}
