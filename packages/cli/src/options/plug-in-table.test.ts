import { expect, test } from 'vitest';
import { plugInList } from './plug-in-list';
import { aNumber, createPlugIn, numbers, oneOf, plugInKind, trueOrFalse } from './plug-in-table';

const parameters = { k: numbers, tau: aNumber, type: oneOf(1, 2), clamp: trueOrFalse };
const table = {
  plain: plugInKind(['leave-one-out'], {}, () => 'plain'),
  full: plugInKind([], parameters, (values) => JSON.stringify(values)),
};

function make(text: string) {
  return plugInList(text).map((spec) => createPlugIn('--estimator', table, spec))[0];
}

test('makes what is named, by any of its names', () => {
  for (const name of ['plain', 'leave-one-out', 'leaveOneOut', 'LEAVE_ONE_OUT']) {
    expect(make(name)).toEqual({ name: 'plain', plugIn: 'plain', values: {} });
  }
});

test('reads parameters, and leaves out those that are not given', () => {
  const values = { k: [5, 10], tau: -0.5, type: 2, clamp: false };
  expect(make('full:k=5+10,tau=-5e-1,type=2,clamp=false')).toEqual({
    name: 'full',
    plugIn: JSON.stringify(values),
    values,
  });
  expect(make('full')?.plugIn).toBe('{}');
});

test.each([
  ['other', /--estimator must be among plain, full, but is "other"/],
  ['constructor', /among plain, full/],
  ['plain:k=3', /plain alone: it has no parameters, but is "plain:k=3"/],
  ['full:kk=3', /full with parameters among k, tau, type, clamp, but is "full:kk=3"/],
  ['full:toString=3', /parameters among k/],
  ['full:k=5+', /k of full must be a number, or several such as 5\+10, but is "5\+"/],
  ['full:tau=x', /tau of full must be a number, but is "x"/],
  ['full:tau=Infinity', /tau of full must be a number/],
  ['full:type=3', /type of full must be 1 or 2, but is "3"/],
  ['full:clamp=yes', /clamp of full must be true or false/],
  ['full:clamp=toString', /clamp of full must be true or false/],
])('refuses %s', (text, message) => {
  expect(() => make(text)).toThrow(message);
  expect(() => make(text)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
});
