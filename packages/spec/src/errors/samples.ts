import type * as spec from '../index';
import type * as lock from '../lock';
import type * as publishing from '../publishing';
import type * as training from '../training';

export type ErrorName = Exclude<
  Extract<
    keyof typeof spec | keyof typeof lock | keyof typeof publishing | keyof typeof training,
    `${string}Error`
  >,
  'FactornetError'
>;

/** One instance's fields, code and message per error class, for the tests. */
export const samples: Record<ErrorName, { fields: object; code: string; message: string }> = {
  HeapFullError: {
    fields: { heap: 4_294_901_760, requested: 268_435_456 },
    code: 'heap-full',
    message: 'The WASM heap of 4294901760 bytes is full: there is no room for 268435456 more.',
  },
  BackendUnavailableError: {
    fields: { requested: 'webgpu', reasons: ['webgpu: there is no adapter', 'cpu: broken'] },
    code: 'backend-unavailable',
    message:
      'The TensorFlow.js backend "webgpu" cannot run here:\n  - webgpu: there is no adapter\n  - cpu: broken',
  },
  CancelledError: {
    fields: { operation: 'factorize' },
    code: 'cancelled',
    message: 'factorize was cancelled.',
  },
  DeadFactorError: {
    fields: {
      source: '@a/shape@1.0.0',
      reason: 'The code of "shape" is dead: t is the same for each of 1024 pictures.',
    },
    code: 'dead-factor',
    message:
      '@a/shape@1.0.0 would be a dead factor. The code of "shape" is dead: t is the same for each of 1024 pictures.',
  },
  DisposedError: {
    fields: { what: 'assembly' },
    code: 'disposed',
    message: 'This assembly was disposed; it can no longer be used.',
  },
  DuplicateTaskError: {
    fields: { task: 'shape', factors: ['@a/shape@1.0.0', '@b/shape@2.0.0'] },
    code: 'duplicate-task',
    message: 'More than one factor is named "shape": "@a/shape@1.0.0", "@b/shape@2.0.0".',
  },
  FolderInUseError: {
    fields: { path: '/a/out', holder: 'process 4711' },
    code: 'folder-in-use',
    message: '/a/out is in use by process 4711.',
  },
  IncompatibleCommonError: {
    fields: {
      factor: '@a/shape@1.0.0',
      wanted: '@a/common@^1.0.0',
      offered: '@a/common@1.1.0',
      reason: 'representation',
    },
    code: 'incompatible-common',
    message:
      '@a/shape@1.0.0 was made for @a/common@^1.0.0, but is being assembled with @a/common@1.1.0, whose feature space (representation digest) is a different one.',
  },
  IntegrityError: {
    fields: { path: '/a/weights.bin', expected: '10 bytes', received: '9 bytes' },
    code: 'integrity',
    message: '/a/weights.bin is not the file its manifest describes: expected 10 bytes, found 9 bytes.',
  },
  InvalidManifestError: {
    fields: { source: '@a/common', issues: ['kind: missing', 'spec: missing'] },
    code: 'invalid-manifest',
    message: 'The factornet manifest of @a/common is not valid:\n  - kind: missing\n  - spec: missing',
  },
  InvalidOptionError: {
    fields: { option: 'batchSize', expected: 'a whole number from 1', received: 'many' },
    code: 'invalid-option',
    message: 'batchSize must be a whole number from 1, but is "many".',
  },
  LabelOutOfRangeError: {
    fields: { task: 'shape', label: 4, classes: 4, index: 17 },
    code: 'label-out-of-range',
    message: 'Task "shape" has 4 classes (labels 0 to 3; -1 marks "no label"), but example 17 is labelled 4.',
  },
  MissingFileError: {
    fields: { path: '/a/model.json' },
    code: 'missing-file',
    message: '/a/model.json does not exist or cannot be read.',
  },
  MissingTapError: {
    fields: { tap: 'stage-9', known: ['stage-1', 'stage-2'] },
    code: 'missing-tap',
    message: 'The teacher has no layer named "stage-9" to tap. Its layers are "stage-1", "stage-2".',
  },
  NewerSpecError: {
    fields: { source: '@a/common', version: 2, supported: 1 },
    code: 'newer-spec',
    message:
      '@a/common follows version 2 of the factornet specification; this release reads up to version 1.',
  },
  NonFiniteLossError: {
    fields: { term: 'infomax', epoch: 2, step: 31, value: Number.NaN },
    code: 'non-finite-loss',
    message: 'Training stopped at epoch 2, step 31: the term "infomax" became NaN.',
  },
  ShapeMismatchError: {
    fields: { what: 'images', expected: [null, 32, 32, 3], received: [32, 32, 3] },
    code: 'shape-mismatch',
    message: 'images must have the shape [*, 32, 32, 3], but came with [32, 32, 3].',
  },
  StepTooLargeError: {
    fields: { batchSize: 64, bytes: 5_300_000_000, heap: 3_758_096_384, largest: 40 },
    code: 'step-too-large',
    message:
      'A training step on 64 pictures takes about 5.3 GB, more than the 3.8 GB that the WASM heap can have; the largest batch that fits is 40.',
  },
  TooMuchLeakageError: {
    fields: {
      source: '@a/shape@1.0.0',
      probe: 'kernel',
      limit: 0.1,
      stated: { task: 'hue', value: 0.254, standardError: 0.012 },
    },
    code: 'too-much-leakage',
    message: '@a/shape@1.0.0 leaks 0.254 ± 0.012 about "hue", by a kernel probe; 0.1 at most is allowed.',
  },
  UnknownTaskError: {
    fields: { task: 'colour', known: [] },
    code: 'unknown-task',
    message: 'There is no task "colour" here; the tasks are (none).',
  },
  UnstorableModelError: {
    fields: { model: 'common', reason: 'its weight a/kernel is of int32' },
    code: 'unstorable-model',
    message: 'The model "common" cannot be stored: its weight a/kernel is of int32.',
  },
  WorkerFailedError: {
    fields: { worker: 1, reason: 'exited with code 7' },
    code: 'worker-failed',
    message: 'Training stopped: worker 1 exited with code 7.',
  },
  WriteFailedError: {
    fields: { path: '/a/weights.bin', reason: 'the disk is full' },
    code: 'write-failed',
    message: '/a/weights.bin cannot be written: the disk is full.',
  },
  RefusedPackageError: {
    fields: { source: '@a/shape', rule: 'scripts', found: 'package.json has the script "postinstall"' },
    code: 'refused-package',
    message: '@a/shape is refused (scripts): package.json has the script "postinstall".',
  },
  ProbeMismatchError: {
    fields: {
      source: '@a/shape@1.0.0',
      what: 'logits',
      backend: 'wasm',
      deviation: 0.51234,
      tolerance: 0.0001,
    },
    code: 'probe-mismatch',
    message:
      '@a/shape@1.0.0 does not pass its golden probes on wasm: its logits deviate by 0.512, tolerated is 0.0001.',
  },
  VersionContradictedError: {
    fields: {
      source: '@a/common@1.1.0',
      previous: '@a/common@1.0.0',
      claimed: 'minor',
      measured: 'major',
      drift: 0.41,
      tolerance: 0.02,
    },
    code: 'version-contradicted',
    message:
      '@a/common@1.1.0 would be a minor release of @a/common@1.0.0, but the features say major: they drifted by 0.410, and factors go on working up to 0.02.',
  },
  LockMismatchError: {
    fields: { source: 'factornet.lock.json', differences: ['@a/shape: 1.0.0 is locked, 1.1.0 is here'] },
    code: 'lock-mismatch',
    message: 'What is here differs from factornet.lock.json:\n  - @a/shape: 1.0.0 is locked, 1.1.0 is here',
  },
  MultipleTrunksError: {
    fields: { commons: ['@a/common@1.0.0', '@b/common@1.0.0'] },
    code: 'multiple-trunks',
    message:
      'These factors need 2 common-knowledge networks: "@a/common@1.0.0", "@b/common@1.0.0". Each would run on its own for every picture.',
  },
  NonFiniteOutputError: {
    fields: { source: '@a/shape@1.0.0', picture: 2 },
    code: 'non-finite-output',
    message: '@a/shape@1.0.0 answers NaN or an infinite number to picture 2, and so names no class.',
  },
  NotComparableError: {
    fields: { labelSpace: 'cifar10', reason: 'the factor "animals" states no logit scale' },
    code: 'not-comparable',
    message: 'There is no joint distribution over "cifar10": the factor "animals" states no logit scale.',
  },
  PackageTooLargeError: {
    fields: { source: '@a/common@1.0.0', bytes: 60_000_000, limit: 50_000_000 },
    code: 'package-too-large',
    message: '@a/common@1.0.0 has 60000000 bytes, more than the 50000000 that a package may have.',
  },
  RegistryError: {
    fields: { command: 'npm view @a/common', output: 'E404 Not Found' },
    code: 'registry',
    message: 'npm view @a/common failed:\nE404 Not Found',
  },
  NoChoiceError: {
    fields: { tasks: ['shape', 'hue'], reasons: ['no candidate is for "hue"'] },
    code: 'no-choice',
    message: 'No candidates together do "shape", "hue" as asked for:\n  - no candidate is for "hue"',
  },
  UnusableArraysError: {
    fields: { path: 'samples.npz', problem: 'the array "x" is empty' },
    code: 'unusable-arrays',
    message: 'samples.npz cannot be used: the array "x" is empty.',
  },
  UnreadableArchiveError: {
    fields: { path: 'train.tar', problem: 'is not a complete tar file: its end is missing' },
    code: 'unreadable-archive',
    message: 'train.tar is not a complete tar file: its end is missing.',
  },
  ImageFolderLayoutError: {
    fields: { path: 'pictures', problem: 'holds one class only ("cat")' },
    code: 'image-folder-layout',
    message: 'pictures holds one class only ("cat").',
  },
  UnreadableFileError: {
    fields: { path: 'pictures/cat', reason: 'EACCES: permission denied' },
    code: 'unreadable-file',
    message: 'pictures/cat cannot be read: EACCES: permission denied.',
  },
  UndecodablePictureError: {
    fields: { path: 'cat/1.jpg', reason: 'it is neither JPEG nor PNG' },
    code: 'undecodable-picture',
    message: 'cat/1.jpg cannot be decoded: it is neither JPEG nor PNG.',
  },
  MissingDependencyError: {
    fields: { dependency: 'sharp', purpose: 'Pictures are decoded' },
    code: 'missing-dependency',
    message: 'Pictures are decoded by sharp, which cannot be loaded here.',
  },
  NpmMissingError: {
    fields: { directory: '/a/ckn' },
    code: 'npm-missing',
    message: 'npm could not be started to pack /a/ckn.',
  },
  NpmPackError: {
    fields: { directory: '/a/ckn', output: 'Invalid package name' },
    code: 'npm-pack',
    message: 'npm pack failed in /a/ckn:\nInvalid package name',
  },
};
