import { join } from 'node:path';
import { type Damage, inFile, inManifest, type Json } from '../damage';
import { as, by, hostile } from './hostile-package';
import { inText } from './in-text';

const inCode = (change: (code: Json) => void): Damage => inManifest(({ code }) => change(code));
const inReads = (change: (reads: Json) => void): Damage => inManifest(({ reads }) => change(reads));

/** Codes that tell more than they state, or are none, and maps that are not what they are called. */
export const codesAndMaps = [
  ...hostile('hue', 'package-json', [
    [
      'settings that every object would have',
      inText('package.json', (text) => text.replace('"scale": 15', '"__proto__": { "scale": 1 }')),
      by('json', /it has a key "__proto__"/),
    ],
  ]),
  ...hostile('hue', 'manifest', [
    [
      'a capacity below that of its code',
      inCode((code) => {
        code.capacity = Math.LN2;
      }),
      as('invalid-manifest', /code\.capacity: expected 1\.38\d+, found 0\.69/),
    ],
    [
      'a capacity above that of its code',
      inCode((code) => {
        code.capacity = 'infinite';
      }),
      as('invalid-manifest', /code\.capacity: expected 1\.38\d+, found infinite/),
    ],
    [
      'a code without limits that states some',
      inCode((code) => {
        Object.assign(code, { type: 'deterministic', settings: {} });
      }),
      as('invalid-manifest', /code\.capacity: expected infinite, found 1\.38/),
    ],
    [
      'a code that nobody knows',
      inCode((code) => {
        code.type = 'oracle';
      }),
      as('invalid-manifest', /code\.type: expected "gaussian" or .*, found "oracle"/),
    ],
    [
      'a code by a name that every object has',
      inCode((code) => {
        code.type = 'constructor';
      }),
      as('invalid-manifest', /code\.type: expected "gaussian"/),
    ],
    [
      'a code on a scale below 0',
      inCode((code) => {
        code.settings.scale = -5;
      }),
      as('invalid-manifest', /code\.settings: .*above 0/),
    ],
    [
      'a code on a scale in words',
      inCode((code) => {
        code.settings.scale = 'large';
      }),
      as('invalid-manifest', /code\.settings/),
    ],
    [
      'a code on a scale beyond all numbers',
      inText('package.json', (text) => text.replace('"scale": 15', '"scale": 1e400')),
      as('invalid-manifest', /code\.settings\.scale/),
    ],
    [
      'a code with settings of another',
      inCode((code) => {
        code.settings.ships = 'mean';
      }),
      as('invalid-manifest', /code\.settings: expected \[\["scale",15\]\]/),
    ],
    [
      'a code without its settings',
      inCode((code) => {
        code.settings = {};
      }),
      as('invalid-manifest', /code\.settings: expected \[\["scale",15\]\], found \[\]/),
    ],
    [
      'a code of no numbers',
      inCode((code) => {
        code.length = 0;
      }),
      as('invalid-manifest', /code\.length/),
    ],
    [
      'a code of 10⁹ numbers',
      inCode((code) => {
        code.length = 1e9;
      }),
      as('invalid-manifest', /code\.length/),
    ],
    [
      'a map that it reads twice',
      inReads((reads) => {
        reads.push(structuredClone(reads[0]));
      }),
      as('invalid-manifest', /each is read once/),
    ],
    [
      'nothing that it reads',
      inReads((reads) => {
        reads.length = 0;
      }),
      as('invalid-manifest', /has to read something/),
    ],
    [
      'a map that is called by a way out',
      inReads((reads) => {
        reads[0].from = '../block-1';
      }),
      as('invalid-manifest', /reads\.0\.from/),
    ],
    [
      'a map of 10⁹ rows',
      inReads((reads) => {
        reads[0].shape[0] = 1e9;
      }),
      as('invalid-manifest', /reads\.0\.shape/),
    ],
  ]),
  ...hostile('hue', 'shapes', [
    [
      'a code shorter than its network puts out, of a capacity to go with it',
      inCode((code) => {
        Object.assign(code, { length: 3, capacity: Math.log(3) });
      }),
      as('shape-mismatch', /output of the specific model/i),
      as('shape-mismatch', /output of the task-specific model/i),
    ],
    [
      'a fusion for which its code is too short',
      inManifest((manifest) => {
        manifest.fusion.type = 'add';
      }),
      as('shape-mismatch', /The code of @scope\/hue@1\.0\.0 must have the shape .*6\].*4\]/),
    ],
    [
      'a map of another shape than its network takes',
      inReads((reads) => {
        reads[0].shape = [4, 4, 16];
      }),
      as('shape-mismatch', /input of the specific model/i),
      as('incompatible-common', /reads block-1 \[4,4,16\] .* offers .*block-1 \[8,8,4\]/),
    ],
    [
      'pictures of another shape than its probes',
      inReads((reads) => {
        reads[1].shape = [16, 16, 1];
      }),
      as('shape-mismatch', /reads as pictures/),
      as('incompatible-common', /reads .*picture \[16,16,1\]/),
    ],
    [
      'its maps in another order than its network takes them',
      inReads((reads) => {
        reads.reverse();
      }),
      as('shape-mismatch', /input of the specific model/i),
      as('shape-mismatch', /Input 1 of the task-specific model/),
    ],
  ]),
  ...hostile('hue', 'probes', [
    [
      'probes too short for its maps',
      inFile('probes.bin', (bytes) => bytes.subarray(0, bytes.length - 4 * 8 * 8 * 4)),
      as('integrity', /probes\.bin of @scope\/hue@1\.0\.0 is not/),
      'taken',
    ],
    [
      'probes with another map than its answers follow from',
      inFile('probes.bin', (bytes) => bytes.fill(0, 4 * 6, 4 * 4 * (6 + 8 * 8 * 4))),
      as('probe-mismatch', /logits deviate/),
      'taken',
    ],
  ]),
  ...hostile('hue', 'common', [
    [
      'a map that its common-knowledge network does not offer',
      inReads((reads) => {
        reads[0].from = 'block-3';
      }),
      as('incompatible-common', /reads block-3 \[8,8,4\] .* offers picture \[16,16,3\], block-1/),
    ],
    [
      'a common-knowledge network whose maps have changed their names',
      (folder) =>
        inManifest(({ maps }) => {
          [maps[0].name, maps[1].name] = [maps[1].name, maps[0].name];
        })(join(folder, '..', 'deep')),
      as('incompatible-common', /reads block-1 \[8,8,4\] .* offers .*block-2 \[8,8,4\]/),
    ],
  ]),
  ...hostile('deep', 'manifest', [
    [
      'a map that is called like pictures',
      inManifest(({ maps }) => {
        maps[0].name = 'picture';
      }),
      as('invalid-manifest', /maps\.0\.name/),
    ],
    [
      'two maps of one name',
      inManifest(({ maps }) => {
        maps[1].name = 'block-1';
      }),
      as('invalid-manifest', /maps need names of their own/),
    ],
    [
      'a map by the name of what makes every object',
      inText('package.json', (text) => text.replace('"name": "block-1"', '"name": "__proto__"')),
      as('invalid-manifest', /maps\.0\.name/),
    ],
  ]),
  ...hostile('deep', 'shapes', [
    [
      'a map more than it puts out',
      inManifest(({ maps }) => {
        maps.push({ name: 'block-3', shape: [2, 2, 2] });
      }),
      as('shape-mismatch', /output of the common model of .*as a list/i),
      as('shape-mismatch', /Output 4 of the common model/),
    ],
    [
      'a map fewer than it puts out',
      inManifest(({ maps }) => {
        maps.pop();
      }),
      as('shape-mismatch', /output of the common model of .*as a list/i),
      'taken',
    ],
    [
      'maps in another order than it puts them out',
      inManifest(({ maps }) => {
        maps.reverse();
      }),
      as('shape-mismatch', /output of the common model/i),
      as('shape-mismatch', /Output 2 of the common model/),
    ],
  ]),
  ...hostile('deep', 'probes', [
    [
      'a map that is not its own',
      inFile('probes.bin', (bytes) => {
        bytes.writeFloatLE(bytes.readFloatLE(4 * 7) + 1, 4 * 7);
        return bytes;
      }),
      as('probe-mismatch', /features deviate/),
      'taken',
    ],
  ]),
];
