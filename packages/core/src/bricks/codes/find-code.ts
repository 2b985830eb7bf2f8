import { type CodeDescription, InvalidManifestError } from '@factornet/spec';
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
  described: CodeDescription,
  source: string,
  { codes = knownCodes }: CodeOptions = {},
): Code {
  const { type, settings } = described;
  const refuse = (issue: string, hint?: string): never => {
    throw new InvalidManifestError({ source, issues: [issue] }, hint === undefined ? {} : { hint });
  };
  const found = codes.find((each) => each.type === type);
  if (found === undefined) {
    const known = codes.map((each) => `"${each.type}"`).join(' or ');
    const issue = `code.type: expected ${known}, found "${type}"`;
    return refuse(issue, 'Another code has to be passed in the option `codes`.');
  }
  let code: Code;
  try {
    code = found.create(settings);
  } catch (cause) {
    const issues = [`code.settings: ${cause instanceof Error ? cause.message : cause}`];
    throw new InvalidManifestError({ source, issues }, { cause });
  }
  const expected = manifestOfCode(code, described.length);
  const sorted = (values: object) => JSON.stringify(Object.entries(values).sort());
  if (sorted(expected.settings) !== sorted(settings)) {
    return refuse(`code.settings: expected ${sorted(expected.settings)}, found ${sorted(settings)}`);
  }
  const [capacity, stated] = [expected.capacity, described.capacity];
  // Of two words the difference is NaN.
  if (capacity !== stated && !(Math.abs(+capacity - +stated) < 1e-9)) {
    return refuse(`code.capacity: expected ${capacity}, found ${stated}`);
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
