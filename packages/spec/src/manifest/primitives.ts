import * as v from 'valibot';
import { LIMITS } from '../limits';
import { isRange, plainVersion } from '../versions/satisfies-range';
import type { Immutable } from './immutable';

export const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
export const nonNegativeInteger = v.pipe(v.number(), v.integer(), v.minValue(0));
// Of what a page loads, valibot's own `finite` and `gtValue` are as much as these checks are good for.
export const finiteNumber = v.pipe(
  v.number(),
  v.check((value: number) => Number.isFinite(value), 'must be finite'),
);
export const nonNegativeNumber = v.pipe(finiteNumber, v.minValue(0));
export const positiveNumber = v.pipe(finiteNumber, v.minValue(Number.MIN_VALUE, 'must be above 0'));
/** From 1 to `most`. */
export const boundedInteger = (most: number) => v.pipe(positiveInteger, v.maxValue(most));
/** Of a picture or a map, `[height, width, channels]`. */
const axis = boundedInteger(LIMITS.axis);
export const pictureShape = v.strictTuple([axis, axis, axis]);
/** A number or a text. (The `union` of valibot would be half a percent of what a page loads of ours.) */
export const numberOr = <
  N extends v.GenericSchema<unknown, number>,
  T extends v.GenericSchema<unknown, string>,
>(
  number: N,
  text: T,
) =>
  Object.assign(
    v.lazy((value) => (typeof value === 'string' ? text : number)),
    { options: [number, text] },
  );
/** A share of examples, in [0, 1]. */
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const nonEmptyString = v.pipe(v.string(), v.minLength(1, 'must not be empty'));

/** What package managers unpack in place of looking it up, wherever a version or a name may stand. */
const isArchive = (text: string) => /\.(?:tgz|tar|tar\.gz)$/i.test(text);

/**
 * A name that npm accepts for a new package, with or without a scope: safe in a path, an address and a command. Not every
 * such name: none begins with `-` or `~`, which commands and shells would read, and none ends as an archive does.
 */
export const packageName = v.pipe(
  v.string(),
  v.maxLength(214),
  v.regex(
    /^(?!node_modules$|favicon\.ico$)(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/,
    'must be a package name, e.g. "@scope/name"',
  ),
  v.check((name) => !isArchive(name), 'must not end as an archive does'),
);

/** A semantic version in its plain form, as npm keeps it. */
export const versionSchema = v.pipe(
  v.string(),
  v.maxLength(256),
  v.regex(plainVersion, 'must be a semantic version, e.g. "1.0.0"'),
  v.check((version) => !isArchive(version), 'must not end as an archive does'),
);

export const isPackageName = (value: unknown): value is string => v.is(packageName, value);
export const isVersion = (value: unknown): value is string => v.is(versionSchema, value);

/** A semver range, of the versions of a package on a registry and nothing else that npm would take in its place. */
export const rangeSchema = v.pipe(
  v.string(),
  v.maxLength(256),
  v.regex(/^[!-~][ -~]*$/, 'must be a semver range, e.g. "^1.0.0"'),
  v.check(
    (range) => range.length < 257 && isRange(range) && !isArchive(range),
    'must be a semver range, e.g. "^1.0.0"',
  ),
);

export const isRegistryRange = (value: unknown): value is string => v.is(rangeSchema, value);

/** Lower-case words with hyphens: fit for an npm package name and for an object key. */
export const packageNameSegment = v.pipe(
  v.string(),
  v.maxLength(100),
  v.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, e.g. "object-hue"'),
);

/** `sha512-` and base64, as in npm lockfiles and Subresource Integrity. */
export const integritySchema = v.pipe(
  v.string(),
  v.regex(/^sha512-[A-Za-z0-9+/]{86}==$/, 'must be "sha512-" and a base64 digest'),
);

/** A plain file name beside `package.json`: no folders, so no way out of the package. */
export const fileNameSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9.-]*\.(?:json|bin)$/, 'must be a plain .json or .bin file name'),
);

export const fileSchema = v.object({
  path: fileNameSchema,
  bytes: positiveInteger,
  integrity: integritySchema,
});

/** One file of a package: its name, length and digest. */
export type FileDescription = Immutable<v.InferOutput<typeof fileSchema>>;

/** A TensorFlow.js Layers model: topology (`….json`) and its one weight file (`….bin`). */
export const modelFilesSchema = v.object({
  topology: fileEnding('json', LIMITS.topologyBytes),
  weights: fileEnding('bin', LIMITS.weightsBytes),
});
export type ModelFiles = Immutable<v.InferOutput<typeof modelFilesSchema>>;

/** A described file of one kind, of at most `most` bytes. */
export function fileEnding(extension: 'json' | 'bin', most: number) {
  const path = v.pipe(
    v.string(),
    v.regex(
      extension === 'json' ? /^[a-z0-9][a-z0-9.-]*\.json$/ : /^[a-z0-9][a-z0-9.-]*\.bin$/,
      `must be a plain .json or .bin file name, here .${extension}`,
    ),
  );
  return v.object({ ...fileSchema.entries, path, bytes: boundedInteger(most) });
}

/** Whether no two of these models share a file. */
export function haveOwnFiles(...models: readonly ModelFiles[]): boolean {
  const paths = models.flatMap(({ topology, weights }) => [topology.path, weights.path]);
  return new Set(paths).size === paths.length;
}
