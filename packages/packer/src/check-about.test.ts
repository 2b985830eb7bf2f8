import { InvalidOptionError } from '@factornet/spec';
import { expect, it } from 'vitest';
import { type AboutOptions, checkAbout } from './check-about';

it.each<AboutOptions>([
  {},
  { description: 'Tells shapes from each other.' },
  { author: 'Ada Lovelace' },
  { author: 'Ada <ada@example.org>' },
  { author: '김 <kim@example.org> (https://example.org/kim)' },
  ...['me/models', 'github:me/models', 'gitlab:me/models.x', 'gist:11081aaa281'].map((repository) => ({
    repository,
  })),
  { repository: 'https://github.com/me/models' },
  { repository: 'git+https://github.com/me/models.git' },
  { repository: 'git@github.com:me/models.git' },
  { repository: 'git+ssh://git@git.example.org:2222/me/models.git' },
])('takes %j', (options) => {
  expect(() => checkAbout(options)).not.toThrow();
});

it.each<[string, AboutOptions]>([
  ['description', { description: '' }],
  ['description', { description: 'two\nlines' }],
  ['description', { description: 'clears \u001b[2J the screen' }],
  ['description', { description: 'x'.repeat(501) }],
  ['author', { author: 'Ada <ada>' }],
  ['author', { author: '<ada@example.org>' }],
  ['author', { author: 'Ada (javascript:alert(1))' }],
  ['repository', { repository: 'models' }],
  ['repository', { repository: '../models' }],
  ['repository', { repository: 'me/models/more' }],
  ['repository', { repository: 'file:///models' }],
  ['repository', { repository: 'https://github.com/me/models --global' }],
])('refuses a %s such as %j', (option, options) => {
  expect(() => checkAbout(options)).toThrow(InvalidOptionError);
  expect(() => checkAbout(options)).toThrow(expect.objectContaining({ option }));
});
