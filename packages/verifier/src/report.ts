import type { FactornetError } from '@factornet/spec';

/** What a verification looks at, in this order, with what it means. */
export const checks = {
  folder: 'plain files of a package, no links, few and small enough',
  'package-json': 'nothing runs or is installed with it, and it leads to the generated module alone',
  manifest: 'the manifest follows the schema',
  'generated-module': 'index.js and index.d.ts are what the manifest generates',
  files: 'every file that the manifest names is there with its digest, and no other',
  topology: 'models consist of allowed layers, their weights fit and are finite',
  shapes: 'models take and give what the manifest says',
  statements: 'parameters, operations and storage of weights are as stated',
  representation: 'the network is the one that factors depend on',
  probes: 'golden probes give the expected values here',
  capacity: 'the code that ships tells no more than its capacity allows',
  common: 'the common-knowledge network fits, and gives the features that were probed',
} as const;

export type Check = keyof typeof checks;
export type CheckStatus = 'passed' | 'failed' | 'skipped';

/** One check and what came of it. */
export interface VerificationCheck {
  readonly check: Check;
  readonly status: CheckStatus;
  /** What was looked at and measured, what is wrong, or why it was skipped; one line. */
  readonly detail: string;
  /** Of a failed one. */
  readonly error?: FactornetError;
}

/** What a verification found out, as data. */
export interface PackageReport {
  /** The package folder, absolute. */
  readonly directory: string;
  /** These three as far as `package.json` could be read. */
  readonly name?: string;
  readonly version?: string;
  readonly kind?: 'common' | 'factor';
  /** The backend that golden probes ran on, if they did. */
  readonly backend?: string;
  /** Whether no check failed. */
  readonly passed: boolean;
  /** All of them, in the order of {@link checks}. */
  readonly checks: readonly VerificationCheck[];
  /** Of the first check that failed. */
  readonly error?: FactornetError;
}
