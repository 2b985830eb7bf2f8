/** What every package of knowledge keeps, whoever wrote it. Readers check all of it; no rule asks for trust. */
export type PackageRule =
  /** Files are plain names beside package.json: no folders, no way out of the package, no addresses. */
  | 'file-name'
  /** Files are files: links could lead out of the package. */
  | 'symbolic-link'
  /** Only model files, probes, LICENSE, README.md and the generated modules are in a package. */
  | 'unexpected-file'
  /** `package.json` has no scripts, binaries or native builds: nothing runs on install. */
  | 'scripts'
  /** There are no dependencies, but for the common-knowledge network as a peer. */
  | 'dependencies'
  /** `package.json` has a name, a version and a kind of module, leads to the generated module, and says no more. */
  | 'package-json'
  /** `index.js` and index.d.ts are, byte for byte, what the manifest generates. */
  | 'generated-module'
  /** The peer range that npm reads is the one that the manifest states. */
  | 'peer-range'
  /** JSON is UTF-8 without a byte order mark, and names every key of an object once. */
  | 'json'
  /** JSON is nested no deeper than any manifest or topology needs. */
  | 'json-depth'
  /** Files and the whole package keep within the named limits. */
  | 'size'
  /** A model is a Layers model of allow-listed layers, wired without cycles or gaps. */
  | 'topology'
  /** Sizes that a topology asks for keep within the named limits. */
  | 'shape'
  /** Weight specifications name the weights of the topology, and add up to the weight file exactly. */
  | 'weight-spec'
  /** Parameters, operations and storage of weights are what the manifest states. */
  | 'statements'
  /** A factor ships no more different codes than its stated capacity allows. */
  | 'capacity'
  /** Weights are finite numbers. */
  | 'weight-values';
