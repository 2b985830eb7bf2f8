import { expect, test } from 'vitest';
import { InvalidOptionError } from '../errors/invalid-option-error';
import { checkTaskName } from './check-task-name';

test.each(['shape', 'object-hue', 'a', 'x1-2y', 'commons', 'console', 'com10'])('takes %s', (name) => {
  expect(() => checkTaskName(name)).not.toThrow();
});

test.each([
  ...[
    '../../../ESCAPED',
    'a/b',
    'a\\b',
    '..',
    '.',
    '',
    ' ',
    'a b',
    'ä',
    'Shape',
    'a_b',
    'a.b',
    '-a',
    'a-',
    'a--b',
    '1a',
  ],
  ...[
    '__proto__',
    'constructor',
    'common',
    'con',
    'nul',
    'com1',
    'lpt9',
    'a'.repeat(101),
    'a\n',
    'a\u001b[2J',
  ],
  ...[undefined, null, 3, ['a']],
])('refuses %j, and says what is allowed', (name) => {
  expect(() => checkTaskName(name, 'groups')).toThrow(InvalidOptionError);
  expect(() => checkTaskName(name, 'groups')).toThrow(
    /^groups must be named by lower-case letters a to z, digits/,
  );
});
