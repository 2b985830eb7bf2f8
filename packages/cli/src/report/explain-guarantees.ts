import type { CapacityGuarantee } from '@factornet/factorizer';
import type { Report } from '@factornet/pipeline';
import { formatNats } from './information-table';

/** What is sure of every factor's code, whatever may read it: a sentence each. */
export function explainGuarantees({ guarantees }: Pick<Report, 'guarantees'>): string[] {
  return Object.entries(guarantees).map(([task, guarantee]) => `${task}: ${explainGuarantee(guarantee)}`);
}

function explainGuarantee({ capacity, left }: CapacityGuarantee): string {
  if (capacity === 'infinite') {
    return 'nothing bounds its code. Nothing is guaranteed, leakage is measured only.';
  }
  const rest =
    left === undefined
      ? ''
      : ` Its own task takes so much of it that ${formatNats(left)} are left, at most, for what is independent of it.`;
  return `capacity ${formatCapacity(capacity)} nats, so at most so much of any other task, whatever reads it.${rest}`;
}

/** `ln 5 = 1.61` of a choice among five. */
function formatCapacity(capacity: number): string {
  const choices = Math.round(Math.exp(capacity));
  const isChoice = Math.abs(Math.log(choices) - capacity) < 1e-9;
  return `${isChoice ? `ln ${choices} = ` : ''}${formatNats(capacity)}`;
}
