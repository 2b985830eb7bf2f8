/** Smaller numbers, for a test that has a minute; the rest of a command stays as it is printed. */
const smaller: readonly (readonly [RegExp, string])[] = [
  [/\bsize=\d+/, 'size=200'],
  [/ --epochs \d+$/, ''],
  [/^factornet (train|factorize) .*/, '$& --epochs 1'],
  // A few steps from where they start, codes may well be dead.
  [/^factornet pack .*/, '$& --force'],
  [/^factornet mi .*/, '$& --steps 50'],
  // A file that a test can write; the reader of NumPy's has tests of its own.
  [/\.npz\b/, '.json'],
  [/^npm install (?=\.\/)/, 'npm install --offline --no-audit --no-fund '],
];

export function adjusted(command: string): string {
  return smaller.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), command);
}

/** Commands that no test of the READMEs can run, and what runs the like. */
export const elsewhere: readonly { readonly command: RegExp; readonly reason: string }[] = [
  {
    command: /^npm install (?!\.\/)/,
    reason: 'nothing is published yet; packed, they are installed by the examples’ slow tests',
  },
  { command: /^git clone /, reason: 'this is the clone' },
  { command: /^npm (test|run quickstart)$/, reason: 'CI runs them' },
  { command: /^npx tsx .* doctor$/, reason: 'needs the root of the workspace; `doctor` has tests' },
  { command: /^pnpm (version-packages|release)$/, reason: 'changes or publishes the workspace' },
  {
    command: /^pnpm --filter @factornet\/example-(browser|mutual-information|registry) start/,
    reason: 'the examples’ own slow tests',
  },
  {
    command: /^pnpm --filter @factornet\/example-(cifar10 start|quickstart train-teacher)/,
    reason: 'needs CIFAR-10, or hours',
  },
  {
    command: /^factornet (publish|version|plan|add) /,
    reason: 'needs a login or a published package; examples/registry has a registry of its own',
  },
  { command: / --from https:/, reason: 'needs a published package' },
  { command: / @me\/things-/, reason: 'no command of the READMEs makes these' },
  { command: / --data cifar10\//, reason: 'needs CIFAR-10' },
];
