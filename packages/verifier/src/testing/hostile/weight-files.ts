import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Damage, inFile, inTopology } from '../damage';
import { as, by, hostile } from './hostile-package';

const TOPOLOGY = 'common.model.json';
const WEIGHTS = 'common.weights.bin';

/** Changes bytes and signs nothing: damage on the way. */
const unsigned =
  (name: string, change: (path: string) => Promise<void>): Damage =>
  (folder) =>
    change(join(folder, name));

const flip = (at: number) => (bytes: Buffer) => {
  bytes[at] = (bytes[at] as number) ^ 1;
  return bytes;
};

const inWeights = (at: number, value: number) =>
  inFile(WEIGHTS, (bytes) => {
    bytes.writeFloatLE(value, 4 * at);
    return bytes;
  });

/** Weight files, their specifications, and damage on the way. */
export const weightFiles = [
  ...hostile('ckn', 'files', [
    [
      'weights cut short',
      unsigned(WEIGHTS, (path) => truncate(path, 1000)),
      as('integrity', /expected 17296 bytes, found 1000 bytes/),
    ],
    [
      'weights with one bit flipped',
      async (folder) => {
        const { readFile } = await import('node:fs/promises');
        await writeFile(join(folder, WEIGHTS), flip(5000)(await readFile(join(folder, WEIGHTS))));
      },
      as('integrity', /weights\.bin .*expected sha512-/),
    ],
    [
      'weights with one byte more',
      unsigned(WEIGHTS, (path) => truncate(path, 17297)),
      as('integrity', /found more than 17296 bytes/),
    ],
    [
      'no byte of a topology',
      unsigned(TOPOLOGY, (path) => truncate(path, 0)),
      as('integrity', /model\.json .*found 0 bytes/),
    ],
    [
      'probes cut short',
      unsigned('probes.bin', (path) => truncate(path, 10)),
      as('integrity', /probes\.bin .*found 10 bytes/),
      'taken',
    ],
  ]),
  ...hostile('ckn', 'topology', [
    [
      'weights of another server, for tf.loadLayersModel',
      inTopology(TOPOLOGY, (json) => {
        json.weightsManifest[0].paths = ['https://evil.example/w.bin'];
      }),
      by('file-name', /does not name one weight file beside it/),
    ],
    [
      'weights out of the package, for tf.loadLayersModel',
      inTopology(TOPOLOGY, (json) => {
        json.weightsManifest[0].paths = ['../../w.bin'];
      }),
      by('file-name', /does not name one weight file beside it/),
    ],
    [
      'other weights than the manifest’s, for tf.loadLayersModel',
      inTopology(TOPOLOGY, (json) => {
        json.weightsManifest[0].paths = ['probes.bin'];
      }),
      by('file-name', /names probes\.bin for its weights in place of common\.weights\.bin/),
    ],
    [
      'a weight that lies where another does',
      inTopology(TOPOLOGY, (json) => {
        const { weights } = json.weightsManifest[0];
        weights[1] = weights[0];
      }),
      by('weight-spec', /common-convolution\/kernel is there twice/),
    ],
    [
      'a weight beyond the end of the file',
      inTopology(TOPOLOGY, (json) => {
        json.weightsManifest[0].weights[0].shape = [4, 4, 3, 4000];
      }),
      by('weight-spec', /not of the shape \[4, 4, 3, 4\]/),
    ],
    [
      'a file longer than its weights',
      inFile(WEIGHTS, (bytes) => Buffer.concat([bytes, Buffer.alloc(8)])),
      by('weight-spec', /take 17296 bytes, but the file has 17304/),
    ],
    [
      'a file shorter than its weights',
      inFile(WEIGHTS, (bytes) => bytes.subarray(8)),
      by('weight-spec', /take 17296 bytes, but the file has 17288/),
    ],
    [
      'weights of no layer',
      inTopology(TOPOLOGY, (json) => {
        json.weightsManifest[0].weights[0].name = '__proto__';
      }),
      by('weight-spec', /no layer has the weight __proto__/),
    ],
    [
      'weights of text',
      inTopology(TOPOLOGY, (json) => {
        json.weightsManifest[0].weights[0].dtype = 'string';
      }),
      by('weight-spec', /not of float32/),
    ],
    [
      'weights in bits of another kind',
      inTopology(TOPOLOGY, (json) => {
        json.weightsManifest[0].weights[0].quantization = { dtype: 'uint16', scale: 1, min: 0 };
      }),
      by('weight-spec', /stored in a way that is not allowed/),
    ],
    [
      'no specifications of weights',
      inTopology(TOPOLOGY, (json) => {
        json.weightsManifest = [];
      }),
      by('weight-spec', /not in one group/),
    ],
    [
      'NaN among the weights',
      inWeights(7, Number.NaN),
      by('weight-values', /common-convolution\/kernel holds NaN/),
    ],
    [
      'infinity among the weights',
      inWeights(4300, Number.NEGATIVE_INFINITY),
      by('weight-values', /features\/bias holds NaN or an infinite/),
    ],
  ]),
];
