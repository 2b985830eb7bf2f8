import type { MeasuredVersion } from '@factornet/packer';

/** `Measured against @me/shapes-common@1.0.0: minor; …` */
export function explainMeasured({
  measured,
  drift,
  accumulatedDrift,
  tolerance,
  version,
  previous: { name, version: before },
}: MeasuredVersion): string {
  const previous = `${name}@${before}`;
  const moved = Number.isFinite(drift)
    ? `features drifted by ${drift.toPrecision(3)}${
        accumulatedDrift > drift
          ? ` (at most ${accumulatedDrift.toPrecision(3)} from the oldest that ${previous} stands in for)`
          : ''
      }, factors go on working up to ${tolerance}`
    : 'its input or its number of features is another, so no factor goes on working';
  return `Measured against ${previous}: ${measured}; ${moved}. The version that says so is ${version}.`;
}

/** As `--json` prints it; `null` for an infinite drift, which JSON does not know. */
export function measuredJson({ drift, accumulatedDrift, ...rest }: MeasuredVersion) {
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return { ...rest, drift: finite(drift), accumulatedDrift: finite(accumulatedDrift) };
}
