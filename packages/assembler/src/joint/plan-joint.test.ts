import { NotComparableError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { joinLogits } from './join-logits';
import { type JointFactor, planJoint } from './plan-joint';

const classes = ['cat', 'ship', 'dog', 'car', 'bird'];
const factor = (
  name: string,
  own: string[],
  more: { scale?: number | undefined; temperature?: number; space?: string; all?: string[] } = {},
): JointFactor => {
  const { scale = 'scale' in more ? undefined : 1, space = 'things', all = classes } = more;
  return {
    task: {
      name,
      type: 'classification',
      classes: own,
      labelSpace: { name: space, classes: all, indices: own.map((each) => all.indexOf(each)) },
    },
    logitScale: scale,
    temperature: more.temperature,
  };
};
const animals = factor('animals', ['dog', 'cat'], { scale: 2 });
const vehicles = factor('vehicles', ['car', 'ship'], { scale: 0.5 });
const plain: JointFactor = { task: { name: 'size', type: 'classification', classes: ['small', 'large'] } };

function refusal(factors: readonly JointFactor[], labelSpace = 'things'): NotComparableError {
  try {
    planJoint(factors, labelSpace);
  } catch (error) {
    if (NotComparableError.isInstance(error)) return error;
  }
  throw new Error('it was not refused');
}

describe('planJoint', () => {
  it('puts the classes of all factors in the order of their label space', () => {
    expect(planJoint([animals, plain, vehicles], 'things')).toEqual({
      labelSpace: 'things',
      classes: ['cat', 'ship', 'dog', 'car'],
      indices: [0, 1, 2, 3],
      tasks: ['animals', 'vehicles'],
      temperature: 1,
      columns: [
        { factor: 0, logit: 1, scale: 2 },
        { factor: 1, logit: 1, scale: 0.5 },
        { factor: 0, logit: 0, scale: 2 },
        { factor: 1, logit: 0, scale: 0.5 },
      ],
    });
  });

  it('needs no scale of a factor that is alone', () => {
    const alone = factor('birds', ['bird', 'cat'], { scale: undefined });
    expect(planJoint([alone], 'things')).toMatchObject({ classes: ['cat', 'bird'], indices: [0, 4] });
    // Nor has it anything to be compared with: what it says by itself is what it says.
    const scaled = factor('birds', ['bird', 'cat'], { scale: 3, temperature: 2 });
    expect(planJoint([scaled], 'things').columns.map(({ scale }) => scale)).toEqual([1, 1]);
  });

  it('divides all scales by one temperature, the geometric mean of those that are stated', () => {
    const stating = (scale: number, temperature: number) => ({ scale, temperature });
    const dogs = factor('dogs', ['dog', 'cat'], stating(2, 4));
    const cars = factor('cars', ['car', 'ship'], stating(0.5, 9));
    const birds = factor('birds', ['bird'], { scale: 3 });
    const { temperature, columns } = planJoint([dogs, cars, birds], 'things');
    expect(temperature).toBeCloseTo(6, 12);
    const expected = [2, 0.5, 2, 0.5, 3].map((scale) => expect.closeTo(scale / 6, 12));
    expect(columns.map(({ scale }) => scale)).toEqual(expected);
  });

  it('names the label spaces there are', () => {
    const other = factor('letters', ['a', 'b'], { space: 'letters', all: ['a', 'b'] });
    expect(refusal([animals, other, plain], 'colours').message).toBe(
      'There is no joint distribution over "colours": no factor here is of that label space.\n' +
        'Label spaces here: "things", "letters".',
    );
    expect(refusal([plain]).message).toContain('Label spaces here: none.');
  });

  it('refuses a class that two factors tell', () => {
    const pets = factor('pets', ['cat', 'bird']);
    expect(refusal([animals, vehicles, pets]).message).toBe(
      'There is no joint distribution over "things": "animals" and "pets" both tell the class "cat".\n' +
        'Leave one of them out: remove("pets").',
    );
  });

  it('refuses two label spaces of one name', () => {
    const other = factor('other', ['car', 'bird'], { all: [...classes].reverse() });
    expect(refusal([animals, other]).message).toContain(
      '"animals" and "other" have different classes by that name',
    );
    const longer = factor('other', ['car', 'bird'], { all: [...classes, 'tree'] });
    expect(refusal([animals, longer]).hint).toBe('Assemble factors of one teacher.');
  });

  it('refuses factors without a scale to compare them on', () => {
    const unscaled = factor('birds', ['bird', 'ship'], { scale: undefined });
    expect(refusal([animals, unscaled]).message).toMatch(
      /the factor "birds" states no logit scale\.\nFactorize again, so that scales are fitted; or predict each task by itself/,
    );
  });
});

describe('joinLogits', () => {
  it('scales and sorts them, picture by picture', () => {
    const joint = planJoint([animals, vehicles], 'things');
    const logits = [Float32Array.of(1, 2, 3, 4), Float32Array.of(10, 20, 30, 40)];
    expect([...joinLogits(joint, logits, 2)]).toEqual([4, 10, 2, 5, 8, 20, 6, 15]);
    expect(joinLogits(joint, [new Float32Array(), new Float32Array()], 0)).toHaveLength(0);
  });
});
