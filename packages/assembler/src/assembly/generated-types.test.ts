import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { typeErrors } from '@factornet/core/testing';
import { packCommon, packFactor } from '@factornet/packer';
import {
  commonWithMaps,
  HUE,
  readingFactor,
  SHAPE,
  SIZE,
  tinyCommon,
  tinyFactor,
} from '@factornet/packer/testing';
import type { TaskDescription } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
let errors: Awaited<ReturnType<typeof compilePrograms>>;

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-generated-types-'));
  const at = (name: string) => ({ name: `@scope/${name}`, version: '1.0.0', directory: join(folder, name) });
  const common = await tinyCommon();
  const ckn = await packCommon(common, at('ckn'));
  const labelSpace = { name: 'things', classes: ['cat', 'ship', 'dog', 'car'] };
  const ANIMALS: TaskDescription = {
    name: 'animals',
    type: 'classification',
    classes: ['cat', 'dog'],
    labelSpace: { ...labelSpace, indices: [0, 2] },
  };
  const VEHICLES: TaskDescription = {
    name: 'vehicles',
    type: 'classification',
    classes: ['car', 'ship'],
    labelSpace: { ...labelSpace, indices: [3, 1] },
  };
  for (const task of [SHAPE, HUE, ANIMALS, VEHICLES]) {
    const factor = tinyFactor(common, task);
    await packFactor(factor, { ...at(task.name), common: ckn });
    disposeBrick(factor);
  }
  await packCommon(common, { ...at('ckn'), version: '2.0.0', directory: join(folder, 'next') });
  // Another network under the name of the one with maps.
  await packCommon(common, { ...at('deep'), directory: join(folder, 'flat') });
  const offering = await commonWithMaps();
  const reading = readingFactor(offering, SIZE, ['block-2', 'picture']);
  await packFactor(reading, { ...at('size'), common: await packCommon(offering, at('deep')) });
  for (const brick of [common, offering, reading]) disposeBrick(brick);
  errors = await compilePrograms();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const programs = {
  outputs: `const network = await assemble(ckn, [shape, hue]);
const predictions = await network.predict(images);
export const labels: ('circle' | 'square' | 'star')[] = predictions.shape.labels;
export const classes: readonly ['red', 'green', 'blue', 'grey'] = predictions['object-hue'].classes;
export const misspelt = predictions.shapes;
export const narrow: ('circle' | 'square')[] = predictions.shape.labels;
network.remove('shap');
`,
  misfits: `await assemble(shape, [hue]);
await assemble(next, [hue, shape]);
await assemble(ckn, [shape, shape]);
await assemble([next, ckn], [hue, shape], { multipleTrunks: true });
await assemble([next, next], [hue], { multipleTrunks: true });
await assemble(ckn, ['@scope/any', shape]);
`,
  maps: `await assemble(deep, [size]);
await assemble(flat, [size]);
`,
  joint: `const network = await assemble(ckn, [animals, shape, vehicles]);
const joint = await network.predictJoint(images, 'things');
export const labels: ('cat' | 'dog' | 'car' | 'ship')[] = joint.labels;
export const narrow: ('cat' | 'dog')[] = joint.labels;
await network.predictJoint(images, 'thing');
await (await assemble(ckn, [shape])).predictJoint(images, 'things');
`,
  hovers: `const one = await assemble(ckn, [shape]);
const two = await one.add(vehicles);
const rest = two.remove('shape');
const named = await assemble('@scope/ckn', ['@scope/shape']);
export const shown: never[] = [one, two, rest, named];
`,
};

/** What the compiler says to programs that use the packages: `line: message`. */
async function compilePrograms(): Promise<Record<keyof typeof programs, string[]>> {
  const files = Object.keys(programs).map((name) => `${name}.ts`);
  const imports = `import { assemble } from '@factornet/assembler';
import type { Tensor4D } from '@tensorflow/tfjs';
import animals from './animals/index.js';
import ckn from './ckn/index.js';
import deep from './deep/index.js';
import flat from './flat/index.js';
import hue from './object-hue/index.js';
import next from './next/index.js';
import shape from './shape/index.js';
import size from './size/index.js';
import vehicles from './vehicles/index.js';
declare const images: Tensor4D;
`;
  for (const [name, program] of Object.entries(programs)) {
    await writeFile(join(folder, `${name}.ts`), `${imports}${program}`);
  }
  const said = await typeErrors(folder, files);
  const offset = imports.split('\n').length - 1;
  const toProgram = (error: string) => error.replace(/^\d+/, (line) => `${Number(line) - offset}`);
  const errorsOf = (name: keyof typeof programs) => (said[`${name}.ts`] as string[]).map(toProgram);
  return {
    outputs: errorsOf('outputs'),
    misfits: errorsOf('misfits'),
    maps: errorsOf('maps'),
    joint: errorsOf('joint'),
    hovers: errorsOf('hovers'),
  };
}

// The types tests beside `assemble` use declarations written by hand; these use those that are published.
describe('an assembly by the declarations that packages are published with', () => {
  it('has outputs named and typed by task and class', () => {
    expect(errors.outputs).toEqual([
      expect.stringMatching(/^5: Property 'shapes' does not exist on type .* Did you mean 'shape'\?/),
      expect.stringMatching(/^6: Type .*"star"/),
      `7: Argument of type '"shap"' is not assignable to parameter of type '"object-hue" | "shape"'.`,
    ]);
  });

  it('takes no network for a factor, no other major, and no task twice', () => {
    expect(errors.misfits).toEqual([
      expect.stringMatching(/^1: /),
      expect.stringContaining('"@scope/object-hue was made for @scope/ckn@^1.0.0, not for @scope/ckn@2.0.0"'),
      expect.stringContaining('"@scope/shape was made for @scope/ckn@^1.0.0, not for @scope/ckn@2.0.0"'),
      expect.stringContaining('More than one factor is named \\"shape\\"'),
      expect.stringContaining('More than one factor is named \\"shape\\"'),
      expect.stringMatching(
        /^5: .*"@scope\/object-hue was made for @scope\/ckn@\^1\.0\.0, not for @scope\/ckn@2\.0\.0 or @scope\/ckn@2\.0\.0"/,
      ),
    ]);
  });

  it('takes no factor that reads a map which is not offered', () => {
    expect(errors.maps).toEqual([
      expect.stringMatching(/^2: .*"@scope\/size reads block-2, which @scope\/deep@1\.0\.0 does not offer"/),
    ]);
  });

  it('hovers as its tasks and their classes, after add and remove too', () => {
    const tasks = errors.hovers.map((error) => /^5: Type 'Assembly<(.*)>' is not/.exec(error)?.[1]);
    expect(tasks).toEqual([
      '{ shape: ["circle", "square", "star"]; }',
      '{ shape: ["circle", "square", "star"]; vehicles: { labelSpace: "things"; classes: ["car", "ship"]; }; }',
      '{ vehicles: { labelSpace: "things"; classes: ["car", "ship"]; }; }',
      '{ [x: string]: string[]; }',
    ]);
  });

  it('joins factors of one label space', () => {
    expect(errors.joint).toEqual([
      expect.stringMatching(
        /^4: Type '\("[a-z" |]+"\)\[\]' is not assignable to type '\("cat" \| "dog"\)\[\]'/,
      ),
      `5: Argument of type '"thing"' is not assignable to parameter of type '"things"'.`,
      `6: Argument of type '"things"' is not assignable to parameter of type '"no factor here is of a label space"'.`,
    ]);
  });
});
