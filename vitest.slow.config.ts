import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { fromSources } from './vitest.shared.ts';

/** What takes a minute or more by itself, longest first. */
const longest = [
  'examples/quickstart/',
  'examples/registry/',
  'examples/browser/',
  'packages/verifier/src/fuzz',
  'packages/cli/src/packages/every-form',
  'packages/cli/src/commands/publish/',
  'packages/cli/src/commands/add/add-plan-list',
];

/** A clone remembers no durations, and a long file that begins last runs while the other core has nothing to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((part) => moduleId.includes(part));
      return index < 0 ? longest.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  ...fromSources,
  test: {
    include: [
      'packages/*/src/**/*.slow.test.ts',
      'examples/*/**/*.slow.test.ts',
      'benchmarks/**/*.slow.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Half of the time they wait for npm; by itself vitest runs one file at a time on two cores.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
