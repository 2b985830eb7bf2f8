/**
 * What a package of knowledge may be at most. A reader that was promised data by a stranger checks these before it
 * allocates: hostile input is refused at the cost of reading its first bytes.
 */
export const LIMITS = {
  /** `package.json`, manifest included. */
  packageJsonBytes: 1_000_000,
  /** Arrays and objects within one another, in any JSON file of a package. */
  jsonDepth: 64,
  /** Keys, elements, arrays and objects in any JSON file of a package. */
  jsonValues: 500_000,
  /** Topology (`….model.json`) of one model. */
  topologyBytes: 8_000_000,
  /** One weight file; TensorFlow.js holds it as one ArrayBuffer. */
  weightsBytes: 1_000_000_000,
  /** Golden probes of one package. */
  probesBytes: 16_000_000,
  /** What `factornet pack` writes unless it is forced: CDNs refuse packages over 50 MB. */
  packageBytes: 50_000_000,
  /** Files in a package folder. */
  files: 64,
  /** Layers of one model. */
  layers: 2_048,
  /** Inputs of all layers of one model together. */
  connections: 8_192,
  /** Any one axis of a picture, a feature vector or a layer's option. */
  axis: 65_536,
  /** Values in one weight. */
  weightElements: 250_000_000,
  /** Values that a layer puts out for one picture. */
  activationElements: 16_777_216,
  /**
   * Values that all layers hold at once for one picture, whatever order they run in: of each chain of layers its largest
   * output.
   */
  liveElements: 134_217_728,
  /** Places that the windows of a convolution or pooling look at in one picture, channels not counted. */
  windowTaps: 33_554_432,
  /** Multiply–accumulate operations, and values that layers put out or pool, for one picture; costly activations weighed. */
  operations: 100_000_000_000,
  /** The same for all golden probes of one package together. */
  probeOperations: 400_000_000_000,
  /** Golden probes of one package. */
  probes: 64,
  /** `factornet.lock.json`. */
  lockfileBytes: 4_000_000,
  /** Common-knowledge networks, or factors, that one lockfile pins. */
  lockedPackages: 1_000,
} as const;
