import type { PublishedFactor } from '../packages/published-package';

/** A factor that could do a task. */
export interface Option {
  readonly factor: PublishedFactor;
  readonly bytes: number;
  readonly multiplyAdds: number;
  /** In millionths, so that sums are exact. */
  readonly accuracy: number;
}

/** One option per task so far, added up. */
export interface Selection {
  readonly bytes: number;
  readonly multiplyAdds: number;
  readonly accuracy: number;
  readonly picked: readonly Option[];
}

/**
 * The best way to take one option of every list within `maxBytes`: highest sum of accuracies, then fewest bytes, then
 * fewest multiply-adds. Undefined if there is none.
 */
export function searchSelection(
  lists: readonly (readonly Option[])[],
  base: { bytes: number; multiplyAdds: number },
  maxBytes: number,
): Selection | undefined {
  let selections: Selection[] = [{ ...base, accuracy: 0, picked: [] }];
  for (const options of lists) {
    const longer = selections.flatMap((selection) => options.map((option) => extend(selection, option)));
    selections = unbeaten(longer.filter(({ bytes }) => bytes <= maxBytes));
  }
  // Sorted by bytes, and every one of more bytes is more accurate.
  return selections.findLast(({ bytes }) => bytes <= maxBytes);
}

function extend({ bytes, multiplyAdds, accuracy, picked }: Selection, option: Option): Selection {
  return {
    bytes: bytes + option.bytes,
    multiplyAdds: multiplyAdds + option.multiplyAdds,
    accuracy: accuracy + option.accuracy,
    picked: [...picked, option],
  };
}

/** What is added later is the same for all, so whatever is beaten now stays beaten. */
function unbeaten(selections: readonly Selection[]): Selection[] {
  const sorted = selections.toSorted(
    (one, other) =>
      one.bytes - other.bytes || other.accuracy - one.accuracy || one.multiplyAdds - other.multiplyAdds,
  );
  let highest = -1;
  return sorted.filter(({ accuracy }) => {
    const keeps = accuracy > highest;
    if (keeps) highest = accuracy;
    return keeps;
  });
}
