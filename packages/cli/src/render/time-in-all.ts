import type { EpochEvent, StepEvent } from '@factornet/factorizer';

/**
 * How long networks that follow one another, or are trained some at a time, take together, from here: the first is unlike the
 * others, so nothing is known of these while it is trained; from then on each that is still to come is taken to last as those
 * do that were begun, and as many at a time to be trained as are now.
 *
 * @returns of an event the seconds left in all; nothing where they are not known, or where no other network follows
 */
export function timeInAll(
  networks: readonly string[],
  now: () => number,
): (event: StepEvent | EpochEvent) => number | undefined {
  const [first] = networks;
  const began = new Map<string, number>();
  const latest = new Map<string, { readonly seconds: number; readonly left: number }>();
  return ({ network, secondsLeft }) => {
    if (network === undefined || !networks.includes(network)) return undefined;
    const since = began.get(network) ?? now();
    began.set(network, since);
    if (network === first) return undefined;
    latest.set(network, { seconds: (now() - since) / 1000 + secondsLeft, left: secondsLeft });
    const all = [...latest.values()];
    const following = networks.length - 1 - all.length;
    const running = all.filter(({ left }) => left > 0);
    if (following === 0 && running.length < 2) return undefined;
    const mean = all.reduce((sum, { seconds }) => sum + seconds, 0) / all.length;
    const rounds = Math.ceil(following / Math.max(1, running.length));
    return Math.max(0, ...running.map(({ left }) => left)) + rounds * mean;
  };
}
