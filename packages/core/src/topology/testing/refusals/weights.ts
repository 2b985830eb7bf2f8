import type { RefusalCase } from './refusal-case';

/** What weight specifications may not say. */
export const weights: readonly RefusalCase[] = [
  [
    'two groups',
    (json) => json.weightsManifest.push(json.weightsManifest[0]),
    'weight-spec',
    /not in one group/,
  ],
  [
    'no groups',
    (json) => {
      json.weightsManifest = undefined;
    },
    'weight-spec',
    /not in one group/,
  ],
  [
    'a path out of the package',
    (json) => (json.weightsManifest[0].paths = ['../secret.bin']),
    'file-name',
    /does not name one weight file/,
  ],
  [
    'an address',
    (json) => (json.weightsManifest[0].paths = ['https://evil.example/w.bin']),
    'file-name',
    /does not name one weight file/,
  ],
  [
    'two files',
    (json) => json.weightsManifest[0].paths.push('b.bin'),
    'file-name',
    /does not name one weight file/,
  ],
  [
    'an unknown weight',
    (json) => (json.weightsManifest[0].weights[0].name = 'stem/other'),
    'weight-spec',
    /no layer has the weight stem\/other/,
  ],
  [
    'a weight twice',
    (json) => (json.weightsManifest[0].weights[1] = json.weightsManifest[0].weights[0]),
    'weight-spec',
    /weight stem\/kernel is there twice/,
  ],
  [
    'a weight that is missing',
    (json) => json.weightsManifest[0].weights.shift(),
    'weight-spec',
    /weight stem\/kernel is not specified/,
  ],
  [
    'another shape',
    (json) => (json.weightsManifest[0].weights[0].shape = [3, 3, 4, 3]),
    'weight-spec',
    /weight stem\/kernel is not of the shape \[3, 3, 3, 4\]/,
  ],
  [
    'a shape as text',
    (json) => (json.weightsManifest[0].weights[0].shape = '3,3,3,4'),
    'weight-spec',
    /weight stem\/kernel is not of the shape/,
  ],
  [
    'another type',
    (json) => (json.weightsManifest[0].weights[0].dtype = 'string'),
    'weight-spec',
    /weight stem\/kernel is not of float32/,
  ],
  [
    'a group of its own',
    (json) => (json.weightsManifest[0].weights[0].group = 'optimizer'),
    'weight-spec',
    /a weight has the unknown field "group"/,
  ],
  [
    'fewer bits, but all the bytes',
    (json) => (json.weightsManifest[0].weights[0].quantization = { dtype: 'float16' }),
    'weight-spec',
    /the weights take \d+ bytes, but the file has \d+/,
  ],
  [
    'bits that are not allowed',
    (json) => (json.weightsManifest[0].weights[0].quantization = { dtype: 'uint16', scale: 1, min: 0 }),
    'weight-spec',
    /stored in a way that is not allowed/,
  ],
  [
    'a scale as text',
    (json) => (json.weightsManifest[0].weights[0].quantization = { dtype: 'uint8', scale: '1', min: 0 }),
    'weight-spec',
    /stored in a way that is not allowed/,
  ],
  [
    'bits of another kind besides',
    (json) =>
      (json.weightsManifest[0].weights[0].quantization = { dtype: 'float16', original_dtype: 'int32' }),
    'weight-spec',
    /unknown field "original_dtype"/,
  ],
  [
    'a weight that is no object',
    (json) => (json.weightsManifest[0].weights[0] = null),
    'weight-spec',
    /a weight is no object/,
  ],
  [
    'specifications that are no list',
    (json) => (json.weightsManifest[0].weights = {}),
    'weight-spec',
    /specifications are no list/,
  ],
];
