import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import type { CommonPackage, FactorPackage } from '@factornet/spec';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { describe, expectTypeOf, it } from 'vitest';
import { compareLock } from '../lock/compare-lock';
import { pinnedBy } from '../lock/pinned-by';
import { goldenProbes } from '../probes/golden-probes';
import type { CommonSource, FactorSource } from '../sources';
import { assemble } from './assemble';
import type { Assembly, JointPrediction, TaskPrediction } from './assembly';

type Shape = readonly ['circle', 'square'];
type Hue = readonly ['red', 'green', 'blue'];

/** As a generated `index.d.ts` has it. */
type Packaged<Name extends string, Classes extends readonly string[]> = Omit<FactorPackage, 'manifest'> & {
  readonly manifest: Omit<FactorPackage['manifest'], 'task'> & {
    readonly task: { readonly name: Name; readonly type: 'classification'; readonly classes: Classes };
  };
};

type Grouped<Name extends string, Classes extends readonly string[]> = Packaged<Name, Classes> & {
  readonly manifest: {
    readonly task: {
      readonly labelSpace: {
        readonly name: 'things';
        readonly classes: readonly ['cat', 'ship', 'dog', 'car'];
        readonly indices: readonly number[];
      };
    };
  };
};

declare const ckn: CommonPackage;
declare const common: CommonNetwork;
declare const shape: Packaged<'shape', Shape>;
declare const hue: Packaged<'object-hue', Hue>;
declare const animals: Grouped<'animals', readonly ['cat', 'dog']>;
declare const vehicles: Grouped<'vehicles', readonly ['car', 'ship']>;
declare const size: FactorNetwork<{ name: 'size'; type: 'classification'; classes: ['small', 'large'] }>;
declare const images: Tensor4D;

describe('assemble', () => {
  it('names and types the outputs by task and class literals', async () => {
    const network = await assemble(ckn, [shape, hue]);
    expectTypeOf(network).toEqualTypeOf<
      Assembly<{ shape: ['circle', 'square']; 'object-hue': ['red', 'green', 'blue'] }>
    >();
    expectTypeOf(network.tasks).toEqualTypeOf<readonly ('shape' | 'object-hue')[]>();

    const predictions = await network.predict(images);
    expectTypeOf(predictions.shape).toEqualTypeOf<TaskPrediction<Shape>>();
    expectTypeOf(predictions.shape.labels).toEqualTypeOf<('circle' | 'square')[]>();
    expectTypeOf(predictions['object-hue'].classes).toEqualTypeOf<Hue>();
    expectTypeOf(network.logits(images).shape).toEqualTypeOf<Tensor2D>();
  });

  it('knows the task of a network in memory', async () => {
    const network = await assemble(common, [size, shape]);
    const predictions = await network.predict(images);
    expectTypeOf(predictions.size.labels).toEqualTypeOf<('small' | 'large')[]>();
    expectTypeOf(predictions.shape.labels).toEqualTypeOf<('circle' | 'square')[]>();
  });

  it('refuses a misspelt task and a misspelt class', async () => {
    const network = await assemble(ckn, [shape, hue]);
    const predictions = await network.predict(images);
    // @ts-expect-error there is no task "shapes"
    predictions.shapes;
    // @ts-expect-error there is no task "hue"
    network.logits(images).hue;
    // @ts-expect-error there is no task "size"
    network.remove('size');
    // @ts-expect-error there is no class "triangle"
    predictions.shape.labels[0] === 'triangle';
  });

  it('refuses packages in the other one’s place', async () => {
    // @ts-expect-error a factor is no common-knowledge package
    await assemble(shape, [hue]);
    // @ts-expect-error a common-knowledge package is no factor
    await assemble(ckn, [ckn]);
  });

  it('refuses a factor of another package or major, and a second factor for a task', async () => {
    type Named<Name extends string, Version extends string> = typeof ckn & { name: Name; version: Version };
    type For<Factor, Name extends string, Range extends string> = Factor & {
      name: '@scope/shape';
      manifest: { common: { name: Name; range: Range } };
    };
    const two = ckn as Named<'@scope/ckn', '2.1.0'>;
    await assemble(two, [shape as For<typeof shape, '@scope/ckn', '^2.0.0'>, hue]);
    await assemble(two, [shape as For<typeof shape, '@scope/ckn', '>=1 <3'>]);
    await assemble(two, [shape as For<typeof shape, '@scope/ckn', '^1.0.0 || ^2.0.0'>]);
    // @ts-expect-error "@scope/shape was made for @scope/ckn@^1.0.0, not for @scope/ckn@2.1.0"
    await assemble(two, [shape as For<typeof shape, '@scope/ckn', '^1.0.0'>]);
    // @ts-expect-error "@scope/shape was made for @else/ckn@^2.0.0, not for @scope/ckn@2.1.0"
    await assemble(two, [hue, shape as For<typeof shape, '@else/ckn', '^2.0.0'>]);
    // @ts-expect-error 'More than one factor is named "shape"'
    await assemble(ckn, [shape, hue, shape]);
  });

  it('refuses a factor that reads a map which no common-knowledge network offers', async () => {
    type Offering<Names extends string> = typeof ckn & {
      name: '@scope/ckn';
      version: '1.0.0';
      manifest: { maps: readonly { readonly name: Names }[] };
    };
    type Reading<Names extends string> = typeof shape & {
      name: '@scope/shape';
      manifest: {
        common: { name: '@scope/ckn'; range: '^1.0.0' };
        reads: readonly { readonly from: Names }[];
      };
    };
    const [deep, flat] = [ckn as Offering<'block-1' | 'block-2'>, ckn as Offering<never>];
    await assemble(deep, [shape as Reading<'picture' | 'block-2'>]);
    await assemble(flat, [shape as Reading<'picture'>, hue]);
    // A network whose maps are not known literally may offer any.
    await assemble(common, [shape as Reading<'block-2'>]);
    await assemble(ckn, [shape as Reading<'block-2'>]);
    await assemble(flat, [shape as Reading<string>]);
    await assemble([flat, deep], [shape as Reading<'block-1'>], { multipleTrunks: true });
    // @ts-expect-error "@scope/shape reads block-3, which @scope/ckn@1.0.0 does not offer"
    await assemble(deep, [shape as Reading<'block-2' | 'block-3'>]);
    // @ts-expect-error "@scope/shape reads block-2, which @scope/ckn@1.0.0 does not offer"
    await assemble(flat, [hue, shape as Reading<'block-2'>]);
  });

  it('follows add and remove', async () => {
    const one = await assemble(ckn, [shape]);
    const two = await one.add(hue);
    expectTypeOf((await two.predict(images))['object-hue'].labels).toEqualTypeOf<
      ('red' | 'green' | 'blue')[]
    >();
    expectTypeOf((await two.predict(images)).shape.labels).toEqualTypeOf<('circle' | 'square')[]>();
    expectTypeOf(await (await assemble(ckn, [])).add(shape)).toEqualTypeOf(one);
    // @ts-expect-error the first type does not know the added task
    (await one.predict(images))['object-hue'];

    const rest = two.remove('shape');
    expectTypeOf(rest.tasks).toEqualTypeOf<readonly 'object-hue'[]>();
    // @ts-expect-error it was removed
    (await rest.predict(images)).shape;
  });

  it('takes factors whose tasks are known only when it runs', async () => {
    const factors: FactorSource[] = [shape, size];
    const network = await assemble(ckn, factors);
    expectTypeOf(network.tasks).toEqualTypeOf<readonly string[]>();
    expectTypeOf((await network.predict(images)).anything).toEqualTypeOf<TaskPrediction | undefined>();
    expectTypeOf(network.remove).toBeCallableWith('anything');
  });

  it('fits wherever any assembly is taken', async () => {
    const network = await assemble(ckn, [shape, hue]);
    expectTypeOf(network).toExtend<Assembly>();
  });

  it('takes several common-knowledge networks', async () => {
    type Named<Name extends string, Version extends string> = typeof ckn & { name: Name; version: Version };
    type For<Factor, Name extends string, Range extends string> = Factor & {
      name: '@scope/shape';
      manifest: { common: { name: Name; range: Range } };
    };
    const one = ckn as Named<'@scope/one', '1.0.0'>;
    const two = ckn as Named<'@scope/two', '2.1.0'>;
    const ofTwo = shape as For<typeof shape, '@scope/two', '^2.0.0'>;
    const ofOne = hue as For<typeof hue, '@scope/one', '^1.0.0'>;
    const network = await assemble([one, two], [ofTwo, ofOne, size], { multipleTrunks: true });
    expectTypeOf(network.tasks).toEqualTypeOf<readonly ('shape' | 'object-hue' | 'size')[]>();
    await assemble([one, common], [ofTwo]);
    await assemble([one, '@scope/two'], [ofTwo]);
    const commons: CommonSource[] = [one];
    await assemble(commons, [ofTwo]);
    // @ts-expect-error "@scope/shape was made for @scope/two@^2.0.0, not for @scope/one@1.0.0 or @scope/ckn@2.0.0"
    await assemble([one, ckn as Named<'@scope/ckn', '2.0.0'>], [ofTwo]);
  });

  it('takes packages by name, folder or URL, of which the compiler knows nothing', async () => {
    const network = await assemble('@scope/ckn', ['@scope/shape', new URL('https://example.org/hue')]);
    expectTypeOf(network.tasks).toEqualTypeOf<readonly string[]>();
    expectTypeOf((await network.predict(images)).anything).toEqualTypeOf<TaskPrediction | undefined>();
    expectTypeOf(network.remove).toBeCallableWith('anything');
    expectTypeOf(network.predictJoint(images, 'any')).resolves.toEqualTypeOf<JointPrediction>();

    const mixed = await assemble(ckn, [shape, './hue']);
    const predictions = await mixed.predict(images);
    expectTypeOf(predictions.shape).toEqualTypeOf<TaskPrediction<Shape>>();
    expectTypeOf(predictions.other).toEqualTypeOf<TaskPrediction | undefined>();
    const added = await (await assemble(ckn, [shape])).add('./hue');
    expectTypeOf((await added.predict(images)).shape).toEqualTypeOf<TaskPrediction<Shape>>();
    const later = await mixed.add(hue);
    expectTypeOf((await later.predict(images)).shape).toEqualTypeOf<TaskPrediction<Shape>>();
    expectTypeOf((await later.predict(images))['object-hue']).toEqualTypeOf<TaskPrediction<Hue>>();
  });

  it('joins the classes of the factors of one label space', async () => {
    const network = await assemble(ckn, [animals, shape, vehicles]);
    const joint = await network.predictJoint(images, 'things');
    expectTypeOf(joint).toEqualTypeOf<JointPrediction<'cat' | 'dog' | 'car' | 'ship'>>();
    expectTypeOf(joint.labels).toEqualTypeOf<('cat' | 'dog' | 'car' | 'ship')[]>();
    // @ts-expect-error there is no class "bird"
    joint.labels[0] === 'bird';
    // @ts-expect-error there is no label space "thing"
    await network.predictJoint(images, 'thing');
    // @ts-expect-error no factor is left that is of a label space
    await network.remove('animals').remove('vehicles').predictJoint(images, 'things');
    const rest = await network.remove('animals').predictJoint(images, 'things');
    expectTypeOf(rest.labels).toEqualTypeOf<('car' | 'ship')[]>();
    const more = await (await assemble(ckn, [shape])).add(animals);
    expectTypeOf((await more.predictJoint(images, 'things')).labels).toEqualTypeOf<('cat' | 'dog')[]>();
    // @ts-expect-error a task is no label space
    await (await assemble(ckn, [shape])).predictJoint(images, 'shape');
  });

  it('knows its options', async () => {
    await assemble(ckn, [shape], {
      verify: goldenProbes,
      multipleTrunks: false,
      from: 'https://example.org/',
    });
    // As `import lock from './factornet.lock.json'` is typed.
    const json = {
      lockfileVersion: 1,
      trunks: [{ name: 'a', version: '1.0.0', representation: '', manifest: '', files: { 'a.bin': '' } }],
      factors: [],
    };
    await assemble(ckn, [shape], { lock: pinnedBy(json) });
    await compareLock(json, { common: ckn, factors: [shape] });
    // @ts-expect-error it is called multipleTrunks
    await assemble(ckn, [shape], { multipleTrunk: true });
  });
});
