import * as v from 'valibot';

export const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
export const nonNegativeInteger = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Lower-case words with hyphens: fit for an npm package name and for an object key. */
export const packageNameSegment = v.pipe(
  v.string(),
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
export type FileDescription = v.InferOutput<typeof fileSchema>;

/** A TensorFlow.js Layers model: topology (`….json`) and its one weight file (`….bin`). */
export const modelFilesSchema = v.object({ topology: fileSchema, weights: fileSchema });
export type ModelFiles = v.InferOutput<typeof modelFilesSchema>;
