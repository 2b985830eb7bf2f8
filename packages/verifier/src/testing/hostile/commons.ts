import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { both, type Damage, inFile, inManifest, inPackage, readJson } from '../damage';
import { as, hostile } from './hostile-package';
import { float, represented } from './in-model';

/** Does to the common-knowledge package beside a factor. */
const besides =
  (damage: Damage): Damage =>
  (folder) =>
    damage(join(folder, '..', 'ckn'));

/** Makes a factor say that it was trained with the common-knowledge network beside it. */
const trainedWithIt: Damage = async (folder) => {
  const { factornet } = await readJson(join(folder, '..', 'ckn', 'package.json'));
  await inManifest((manifest) => {
    manifest.common.representation = factornet.representation;
  })(folder);
};

/** Common-knowledge networks beside a factor that do not go with it. */
export const commons = [
  ...hostile('shape', 'common', [
    [
      'a common-knowledge network of another major',
      besides(
        both(
          inPackage((json) => {
            json.version = '2.0.0';
          }),
        ),
      ),
      as('incompatible-common', /made for @scope\/ckn@\^1\.0\.0, but .*@scope\/ckn@2\.0\.0/),
    ],
    [
      'a common-knowledge network of another name',
      besides(
        inPackage((json) => {
          json.name = '@scope/other';
        }),
      ),
      as('incompatible-common', /@scope\/other@1\.0\.0/),
    ],
    [
      'a common-knowledge network of another representation',
      besides(
        inManifest((manifest) => {
          manifest.representation = `sha512-${'A'.repeat(86)}==`;
        }),
      ),
      as('incompatible-common', /feature space/),
    ],
    [
      'a common-knowledge network that normalizes otherwise',
      besides(
        inManifest((manifest) => {
          manifest.input.normalization.mean[0] = 0;
        }),
      ),
      as('incompatible-common', /pictures of the shape and normalization/),
      'taken',
    ],
    [
      'a common-knowledge network that gives other features',
      both(
        besides(
          represented(
            inFile(
              'common.weights.bin',
              float(300, (value) => value + 1),
            ),
          ),
        ),
        trainedWithIt,
      ),
      as('probe-mismatch', /@scope\/ckn@1\.0\.0 .*features deviate/),
      'taken',
    ],
    [
      'a common-knowledge network that is damaged',
      besides(async (folder) => {
        await writeFile(join(folder, 'common.weights.bin'), 'x');
      }),
      as('integrity', /found 1 bytes/),
    ],
    [
      'a common-knowledge network that is a factor',
      besides(async (folder) => {
        await writeFile(join(folder, 'package.json'), await readFile(join(folder, '../shape/package.json')));
      }),
      as('invalid-manifest', /kind: expected "common", found "factor"/),
    ],
  ]),
];
