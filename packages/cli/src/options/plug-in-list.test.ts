import { expect, test } from 'vitest';
import { plugInList } from './plug-in-list';

test('names, and parameters that go with the name before', () => {
  expect(plugInList('InfoNCE, smile:tau=5,ksg:k=3,type=2,ksg')).toEqual([
    { name: 'infonce', parameters: {}, text: 'InfoNCE' },
    { name: 'smile', parameters: { tau: '5' }, text: 'smile:tau=5' },
    { name: 'ksg', parameters: { k: '3', type: '2' }, text: 'ksg:k=3,type=2' },
    { name: 'ksg', parameters: {}, text: 'ksg' },
  ]);
});

test('given several times, they add up', () => {
  const specs = plugInList('dv', plugInList('ksg:k=3'));
  expect(specs.map(({ text }) => text)).toEqual(['ksg:k=3', 'dv']);
});

test.each([
  ['', /"" is no name/],
  ['ksg,', /"" is no name/],
  ['ksg:', /"ksg:" is no name/],
  ['tau=5', /"tau=5" is no name/],
  ['ksg:k', /"k" is no parameter/],
  ['ksg:k=', /"k=" is no parameter/],
  ['ksg:k=3,k=4', /"k" is given twice/],
  ['residual:stem-stride=1,stemStride=2', /"stemStride" is given twice/],
  [':k=3', /":k=3" is no name/],
])('refuses %j and shows what is expected', (text, message) => {
  expect(() => plugInList(text)).toThrow(message);
  expect(() => plugInList(text)).toThrow(/such as infonce,smile:tau=5,ksg:k=3,type=2/);
});
