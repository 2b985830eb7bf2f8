import { expect, test } from 'vitest';
import { alter, factor } from '../manifest/fixtures';
import { parseFactorManifest, parseManifest } from '../manifest/parse-manifest';
import { classification } from './classification/classification';
import { schemaFrom } from './schema-from';
import type { TaskKind } from './task-kind';
import { kindOf, taskKinds } from './task-kinds';

/** A kind that takes whatever says that it is of it. */
const lax = (): TaskKind => ({
  ...(classification() as TaskKind),
  type: 'lax',
  schema: schemaFrom(
    (value): value is { name: string; type: 'lax' } => Object(value).type === 'lax',
    '{ name, type: "lax" }',
  ),
});
const kinds = [...taskKinds, lax()];
const ofKind = (task: unknown) => alter(factor, 'task', task);

test('a task of a kind that is handed over is what its schema makes of it', () => {
  const { task } = parseFactorManifest(ofKind({ name: 'mood', type: 'lax', moods: 3 }), 'x', kinds);
  expect(task).toEqual({ name: 'mood', type: 'lax', moods: 3 });
  expect(parseManifest(factor, 'x', kinds)).toEqual(parseManifest(factor, 'x'));
});

test('a kind that nobody knows is named, with those that are known and what to do', () => {
  const parse = () => parseManifest(ofKind({ name: 'mood', type: 'mood' }), 'x', kinds);
  expect(parse).toThrow(
    /task\.type: Expected "classification" \| "lax" but received "mood"\. Hand its kind over: \{ kinds: \[/,
  );
  expect(() => kindOf({ name: 'mood', type: 'mood' }, kinds)).toThrow(
    expect.objectContaining({ code: 'invalid-option', received: ['classification', 'lax'] }),
  );
});

test.each(['../up', 'Two Words', ''])(
  'a name that is not fit for paths is refused whatever the kind: "%s"',
  (name) => {
    expect(() => parseManifest(ofKind({ name, type: 'lax' }), 'x', kinds)).toThrow(/task\.name/);
  },
);
