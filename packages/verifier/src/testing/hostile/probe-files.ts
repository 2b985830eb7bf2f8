import { both, inFile, inManifest } from '../damage';
import { as, hostile } from './hostile-package';
import { float, represented } from './in-model';

/** Puts the CKN's file of features into another order of pictures. */
const swapped = (bytes: Buffer) => {
  const length = 32 * 32 * 3;
  const first = Buffer.from(bytes.subarray(bytes.length - 2 * length, bytes.length - length));
  bytes.copyWithin(bytes.length - 2 * length, bytes.length - length);
  first.copy(bytes, bytes.length - length);
  return bytes;
};

/** The weights from `from` on, `count` of them, so large that sums of them are beyond float32. */
const huge = (from: number, count: number) => (bytes: Buffer) => {
  for (let at = from; at < from + count; at++) bytes.writeFloatLE(3e38, 4 * at);
  return bytes;
};

/** Golden probes that a network does not pass. */
export const probeFiles = [
  ...hostile('shape', 'probes', [
    [
      'a head whose logits are beyond all numbers',
      inFile('head.weights.bin', huge(0, 48)),
      as('non-finite-output', /@scope\/shape@1\.0\.0 answers NaN or an infinite number to picture 0/),
      'taken',
    ],
  ]),
  ...hostile('ckn', 'probes', [
    [
      'other weights, and a representation to go with them',
      represented(
        inFile(
          'common.weights.bin',
          float(300, (value) => value + 1),
        ),
      ),
      as(
        'probe-mismatch',
        /@scope\/ckn@1\.0\.0 does not pass its golden probes on cpu: its features deviate/,
      ),
      as('incompatible-common', /feature space/),
    ],
    [
      'features beyond all numbers, but of the black pictures among its probes',
      both(
        // Below 0 for black, and relu makes 0 of it.
        represented(inFile('common.weights.bin', huge(0, 192))),
        inFile('probes.bin', (bytes) => bytes.fill(0)),
      ),
      as('non-finite-output', /@scope\/ckn@1\.0\.0 answers NaN or an infinite number to picture 1/),
      as('incompatible-common', /feature space/),
    ],
    [
      'probes of another length',
      inManifest((manifest) => {
        manifest.probes.count = 7;
      }),
      as('integrity', /probes\.bin of @scope\/ckn@1\.0\.0 is not/),
      'taken',
    ],
    [
      'features that are not its own',
      inFile(
        'probes.bin',
        float(3, (value) => value + 0.01),
      ),
      as('probe-mismatch', /features deviate/),
      'taken',
    ],
    [
      'features that are no numbers',
      inFile(
        'probes.bin',
        float(3, () => Number.NaN),
      ),
      as('probe-mismatch', /deviate by Infinity/),
      'taken',
    ],
    [
      'a feature that would hide any deviation',
      inFile(
        'probes.bin',
        float(3, () => 1e30),
      ),
      as('probe-mismatch', /features deviate/),
      'taken',
    ],
    [
      'pictures in another order',
      inFile('probes.bin', swapped),
      as('probe-mismatch', /features deviate/),
      'taken',
    ],
  ]),
  ...hostile('shape', 'probes', [
    [
      'logits that are not its own',
      inFile(
        'probes.bin',
        float(32, (value) => value + 0.01),
      ),
      as('probe-mismatch', /@scope\/shape@1\.0\.0 .*logits deviate/),
      'taken',
    ],
    [
      'weights of another head',
      inFile(
        'head.weights.bin',
        float(2, (value) => -value - 1),
      ),
      as('probe-mismatch', /logits deviate/),
      'taken',
    ],
    [
      'weights of another task-specific network',
      inFile(
        'specific.weights.bin',
        float(4310, (value) => value + 5),
      ),
      as('probe-mismatch', /logits deviate/),
      'taken',
    ],
    [
      'features that its logits do not follow from',
      inFile(
        'probes.bin',
        float(0, (value) => value + 1),
      ),
      as('probe-mismatch', /logits deviate/),
      'taken',
    ],
  ]),
];
