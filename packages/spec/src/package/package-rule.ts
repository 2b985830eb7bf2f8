/** What every package of knowledge keeps, whoever wrote it. Readers check all of it; no rule asks for trust. */
export const packageRules = {
  'file-name':
    'files are plain names beside package.json: no folders, no way out of the package, no addresses',
  'symbolic-link': 'files are files: links could lead out of the package',
  'unexpected-file':
    'only model files, probes, LICENSE, README.md and the generated modules are in a package',
  scripts: 'package.json has no scripts, binaries or native builds: nothing runs on install',
  dependencies: 'there are no dependencies, but for the common-knowledge network as a peer',
  'package-json':
    'package.json has a name, a version and a kind of module, leads to the generated module, and says no more',
  'generated-module': 'index.js and index.d.ts are, byte for byte, what the manifest generates',
  'peer-range': 'the peer range that npm reads is the one that the manifest states',
  json: 'JSON is UTF-8 without a byte order mark, and names every key of an object once',
  'json-depth': 'JSON is nested no deeper than any manifest or topology needs',
  size: 'files and the whole package keep within the named limits',
  topology: 'a model is a Layers model of allow-listed layers, wired without cycles or gaps',
  shape: 'sizes that a topology asks for keep within the named limits',
  'weight-spec':
    'weight specifications name the weights of the topology, and add up to the weight file exactly',
  statements: 'parameters, operations and storage of weights are what the manifest states',
  'weight-values': 'weights are finite numbers',
} as const;

export type PackageRule = keyof typeof packageRules;
