import { shellWord } from '@factornet/spec/internal';
import { RegistryError } from '@factornet/spec/publishing';
import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';
import validRange from 'semver/ranges/valid.js';
import { askRegistry, type RegistryOptions } from '../npm/ask-registry';
import { scopeOf } from './parse-specifier';

/** What a registry says of one version, its tags for the package among it. */
export type Entry = Readonly<Record<string, unknown>>;

/**
 * What a registry tells of every version of a package that fits, from the one document that it keeps of the package; at
 * least one. Without a wish that is the version tagged `latest`.
 *
 * @param wanted version, range or tag
 * @throws RegistryError, CancelledError
 */
export async function viewEntries(
  name: string,
  wanted: string | undefined,
  options: RegistryOptions,
): Promise<Entry[]> {
  const scope = scopeOf(name);
  const asked = `npm view ${shellWord(wanted === undefined ? name : `${name}@${wanted}`)}`;
  const path = `/${name.replace('/', '%2f')}`;
  const answer = await askRegistry({ path, scope, asked }, options);
  const { versions, 'dist-tags': tags } = Object(answer) as Record<string, unknown>;
  const entries = Object.entries(Object(versions) as Record<string, unknown>)
    .map(([version, entry]) => ({ key: version, ...Object(entry), 'dist-tags': tags }) as Entry)
    .filter(({ key, name: own, version }) => own === name && version === key && valid(String(key)) !== null);
  const fits = fitting(wanted, Object(tags) as Record<string, unknown>);
  const found = entries.filter(({ version }) => fits(String(version))).map(({ key: _, ...entry }) => entry);
  if (found.length > 0) return found;
  throw new RegistryError(
    { command: asked, output: `E404 No version of it fits${wanted === undefined ? '' : ` "${wanted}"`}.` },
    { hint: `Check the version; to see what there is: npm view ${shellWord(name)} versions` },
  );
}

/** As npm reads it: a range is one before it is a tag. */
function fitting(
  wanted: string | undefined,
  tags: Readonly<Record<string, unknown>>,
): (version: string) => boolean {
  if (wanted !== undefined && validRange(wanted) !== null) return (version) => satisfies(version, wanted);
  const tagged = Object.hasOwn(tags, wanted ?? 'latest') ? tags[wanted ?? 'latest'] : undefined;
  return (version) => version === tagged;
}
