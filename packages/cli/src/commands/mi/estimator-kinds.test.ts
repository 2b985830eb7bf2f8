import { expect, test } from 'vitest';
import { plugInList } from '../../options/plug-in-list';
import { createPlugIn } from '../../options/plug-in-table';
import { estimatorKinds } from './estimator-kinds';

function make(text: string) {
  return plugInList(text).map((spec) => createPlugIn('--estimator', estimatorKinds, spec).plugIn);
}

test('every name makes the estimator of that name', () => {
  const made = make(Object.keys(estimatorKinds).join(','));
  expect(made.map(({ name }) => name)).toEqual([
    ...['donskerVaradhan', 'mine', 'nwj', 'tuba', 'jensenShannon', 'infoNCE', 'interpolated', 'smile'],
    ...['club', 'clubSample', 'vClub', 'leaveOneOut'],
    ...['ksg', 'ross', 'gaussianCopula', 'histogram', 'discretePlugIn'],
  ]);
});

test('the library’s names are names here, too', () => {
  const names = [
    'donskerVaradhan',
    'infoNCE',
    'jensenShannon',
    'leaveOneOut',
    'vClub',
    'clubSample',
    'discretePlugIn',
  ];
  expect(make(names.join(',')).map(({ name }) => name)).toEqual(names);
});

test('bounds with a baseline learn it, unless it is to be constant', () => {
  const [tuba, interpolated, constant] = make('tuba,interpolated:alpha=0.1,tuba:baseline=constant');
  expect([tuba, interpolated]).toEqual([
    expect.objectContaining({ baseline: expect.any(Object) }),
    expect.objectContaining({ baseline: expect.any(Object) }),
  ]);
  expect(constant).not.toHaveProperty('baseline');
});

test('parameters reach the estimator', () => {
  const [reading, alpha] = make('jsd:reading=smile,tau=2,interpolated:alpha=1');
  expect(reading?.direction).toBe('neither');
  expect(alpha?.cap?.(9)).toBeCloseTo(Math.log(8));
  const samples = {
    x: { rows: 4, columns: 1, data: Float64Array.of(0, 1, 2, 3) },
    y: { rows: 4, columns: 1, data: Float64Array.of(0, 1, 2, 3) },
  };
  const values = make('histogram:bins=2,plug-in:correction=miller-madow,plug-in').map(
    (estimator) => estimator.requires === 'samples' && estimator.value(samples),
  );
  expect(values[0]).toBeCloseTo(Math.log(2));
  expect(values[1]).not.toBe(values[2]);
});

test.each(['mine:rate=0', 'mine:drift-penalty=-1', 'smile:tau=-1', 'ksg:k=0', 'histogram:bins=1'])(
  '%s is refused by the estimator',
  (text) => {
    expect(() => make(text)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  },
);
