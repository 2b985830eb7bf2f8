import { type CodeDescription, InvalidManifestError } from '@factornet/spec';
import { findNamed } from '../find-named';
import { categorical } from './categorical';
import type { Code, CodeType } from './code';
import { deterministic } from './deterministic';
import { gaussian } from './gaussian';

/** Where the codes that manifests name are found. */
export interface CodeOptions {
  /** Default `knownCodes`. */
  readonly codes?: readonly CodeType[] | undefined;
}

/** The codes that are known without being told. */
export const knownCodes: readonly CodeType[] = [
  { type: 'gaussian', create: gaussian },
  { type: 'deterministic', create: deterministic },
  { type: 'categorical', create: categorical },
];

/**
 * The code that a manifest describes.
 *
 * @param source the brick, for messages
 * @throws InvalidManifestError if it is none of these, has other settings, or another capacity than stated (up to what
 * logarithms of two machines differ by)
 */
export function findCode(
  { type, length, capacity, settings }: CodeDescription,
  source: string,
  { codes = knownCodes }: CodeOptions = {},
): Code {
  const refuse = (field: string, issue: string, cause?: unknown): never => {
    throw new InvalidManifestError({ source, issues: [`code.${field}: ${issue}`] }, { cause });
  };
  const known = findNamed('code', type, codes, source);
  let code: Code;
  try {
    code = known.create(settings);
  } catch (cause) {
    return refuse('settings', (cause as Error).message, cause);
  }
  const wanted = manifestOfCode(code, length);
  const [expected, found] = [wanted.settings, settings].map((each) =>
    JSON.stringify(Object.entries(each).sort()),
  );
  if (expected !== found) refuse('settings', `expected ${expected}, found ${found}`);
  // Of a word the difference is NaN.
  if (wanted.capacity !== capacity && !(Math.abs(+wanted.capacity - +capacity) < 1e-9)) {
    refuse('capacity', `expected ${wanted.capacity}, found ${capacity}`);
  }
  return code;
}

/** What manifests say of a code. */
export function manifestOfCode(code: Code, length: number): CodeDescription {
  const capacity = code.capacity(length);
  return {
    type: code.type,
    length,
    capacity: Number.isFinite(capacity) ? capacity : 'infinite',
    settings: code.settings,
  };
}
