import { beforeAll, describe, expect, it } from 'vitest';
import { type KnownFailure, knownFailures, pendingSpecs } from './known-failures';
import { runPublishedSuites, type SpecResult } from './run-published-suites';

let specs: SpecResult[];

beforeAll(async () => {
  specs = await runPublishedSuites();
});

function isCase({ spec }: KnownFailure, { name, messages }: SpecResult): boolean {
  return typeof spec === 'string' ? name === spec : messages.some((message) => spec.message.test(message));
}

describe("TensorFlow.js's own suites on our kernels", () => {
  it('all ran: values, gradients, optimizers', () => {
    expect(specs.length).toBeGreaterThan(4200);
    expect(specs.filter(({ name }) => name.includes('gradient')).length).toBeGreaterThan(500);
    expect(specs.filter(({ status }) => status === 'pending').length).toBe(pendingSpecs);
  });

  it('pass, but for the known failures', () => {
    const failures = specs.filter(({ status }) => status === 'failed');
    const unknown = failures.filter((failure) => !knownFailures.some((known) => isCase(known, failure)));
    expect(unknown).toEqual([]);
  });

  it.each(knownFailures)('still fail as said: $spec', (known) => {
    const failures = specs.filter((spec) => spec.status === 'failed' && isCase(known, spec));
    expect(failures.length).toBe(known.count);
  });
});
