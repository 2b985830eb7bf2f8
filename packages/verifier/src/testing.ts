// The hostile corpus for the tests of others that take packages. Not part of the published package.

export { inFile, inManifest, inPackage, inTopology } from './testing/damage';
export { expectRefusal } from './testing/expect-refusal';
export { type GoodPackages, packGoodPackages } from './testing/good-packages';
export { corpus } from './testing/hostile/corpus';
export type { HostilePackage } from './testing/hostile/hostile-package';
