import { InvalidManifestError } from '@factornet/spec';

/**
 * The plug-in that a manifest names, of those that are known.
 *
 * @param option field of the manifest; the option that takes others ends in `s`
 * @param source the brick, for messages
 * @throws InvalidManifestError if it is none of these
 */
export function findNamed<PlugIn extends { readonly type: string }>(
  option: 'code' | 'fusion',
  type: string,
  known: readonly PlugIn[],
  source: string,
): PlugIn {
  const found = known.find((each) => each.type === type);
  if (found !== undefined) return found;
  const names = known.map((each) => `"${each.type}"`).join(' or ');
  throw new InvalidManifestError(
    { source, issues: [`${option}.type: expected ${names}, found "${type}"`] },
    { hint: `Another ${option} has to be passed in the option \`${option}s\`.` },
  );
}
