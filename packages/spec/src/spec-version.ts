/** Version of the `factornet` field in `package.json` that this release reads and writes. */
export const SPEC_VERSION = 1;
