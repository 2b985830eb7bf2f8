import { isPublishedFactor, type PublishedPackage } from '../packages/published-package';
import type { Offer } from './offer';

interface Attempt {
  readonly candidates: readonly PublishedPackage[];
  readonly offers: readonly Offer[];
  readonly tasks: readonly string[];
  readonly maxBytes: number;
}

/** Says what stands in the way of a choice: tasks that nobody does, that nobody does together, or the budget. */
export function explainNoChoice({ candidates, offers, tasks, maxBytes }: Attempt): string[] {
  const usable = candidates.filter(({ deprecated }) => deprecated === undefined).filter(isPublishedFactor);
  const known = new Set(usable.map(({ manifest }) => manifest.task.name));
  const unknown = tasks.filter((task) => !known.has(task));
  if (unknown.length > 0) {
    return unknown.map((task) => `no candidate does "${task}"; there is ${quoted([...known].sort())}`);
  }
  const complete = offers.filter((offer) => missingOf(offer, tasks).length === 0);
  if (complete.length === 0)
    return explainApart(
      offers,
      usable.filter(({ manifest }) => tasks.includes(manifest.task.name)),
      tasks,
    );
  const smallest = complete
    .map((offer) => smallestOf(offer, tasks))
    .sort((one, other) => one.bytes - other.bytes)[0];
  const { bytes = 0, packages = [] } = smallest ?? {};
  return [`the smallest choice has ${bytes} bytes, more than ${maxBytes}: ${packages.join(', ')}`];
}

/** Per name the version that lacks the fewest tasks; of equal ones the highest, which comes first. */
function explainApart(
  offers: readonly Offer[],
  factors: readonly {
    name: string;
    version: string;
    manifest: { common: { name: string; range: string } };
  }[],
  tasks: readonly string[],
): string[] {
  const nearest = new Map<string, { label: string; missing: string[] }>();
  for (const offer of offers) {
    const { name, version } = offer.common;
    const missing = missingOf(offer, tasks);
    if (missing.length < (nearest.get(name)?.missing.length ?? Infinity)) {
      nearest.set(name, { label: `${name}@${version}`, missing });
    }
  }
  const strangers = new Set(
    factors.map(({ manifest }) => manifest.common.name).filter((name) => !nearest.has(name)),
  );
  return [
    ...[...nearest.values()].map(
      ({ label, missing }) => `${label} has no factor for ${quoted(missing)} that fits it`,
    ),
    ...[...strangers].map((name) => `no version of ${name} is among the candidates`),
  ];
}

function missingOf({ options }: Offer, tasks: readonly string[]): string[] {
  return tasks.filter((task) => (options.get(task) ?? []).length === 0);
}

function smallestOf({ common, bytes, options }: Offer, tasks: readonly string[]) {
  const chosen = tasks.map(
    (task) => (options.get(task) ?? []).toSorted((one, other) => one.bytes - other.bytes)[0],
  );
  return {
    bytes: chosen.reduce((sum, option) => sum + (option?.bytes ?? 0), bytes),
    packages: [common, ...chosen.map((option) => option?.factor)].map(
      (each) => `${each?.name}@${each?.version}`,
    ),
  };
}

function quoted(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}
