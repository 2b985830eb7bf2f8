import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as spec from '../index';
import * as lock from '../lock';
import * as publishing from '../publishing';
import * as training from '../training';
import { type ErrorName, samples } from './samples';

type Copy = typeof spec & typeof lock & typeof publishing & typeof training;

// Not the namespace itself: looking its members up by name is what these tests do.
const here: Copy = { ...spec, ...lock, ...publishing, ...training };

let elsewhere: Copy;
beforeAll(async () => {
  // A second copy of the whole package, as a duplicate install gives.
  vi.resetModules();
  elsewhere = {
    ...(await import('../index')),
    ...(await import('../lock')),
    ...(await import('../publishing')),
    ...(await import('../training')),
  };
});

const names = Object.keys(samples) as ErrorName[];

function construct(copy: Copy, name: ErrorName, options?: spec.FactornetErrorOptions): spec.FactornetError {
  const ErrorClass = copy[name] as new (fields: object, options?: object) => spec.FactornetError;
  return new ErrorClass(samples[name].fields, options);
}

describe('every error class', () => {
  it('is covered here', () => {
    const exported = Object.keys(here).filter((name) => name.endsWith('Error') && name !== 'FactornetError');
    expect(names.toSorted()).toEqual(exported.toSorted());
  });

  it('has a code of its own', () => {
    expect(new Set(names.map((name) => construct(here, name).code)).size).toBe(names.length);
  });

  it.each(names)('%s has its fields, name, code and a message that names what matters', (name) => {
    const { fields, code, message } = samples[name];
    const error = construct(here, name);
    expect(error).toMatchObject({ ...fields, name, code, message, hint: undefined });
    expect(error).toBeInstanceOf(Error);
    expect(Object.hasOwn(error, 'cause')).toBe(false);
  });

  it.each(names)('%s ends its message with the hint and keeps the cause', (name) => {
    const cause = new Error('below');
    const error = construct(here, name, { hint: 'Do this next.', cause });
    expect(error.message).toBe(`${samples[name].message}\nDo this next.`);
    expect(error.hint).toBe('Do this next.');
    expect(error.cause).toBe(cause);
  });

  it.each(names)('%s takes the fields of another one, but neither its hint nor its message', (name) => {
    const other = construct(here, name, { hint: 'Do that.' });
    const ErrorClass = here[name] as new (fields: object, options?: object) => spec.FactornetError;
    const again = new ErrorClass({ ...other, message: other.message }, { hint: 'Do this.' });
    const { fields, message } = samples[name];
    expect(again).toMatchObject({ ...fields, name, hint: 'Do this.', message: `${message}\nDo this.` });
    expect(new ErrorClass(other).hint).toBeUndefined();
  });

  it.each(names)('%s is recognised by both copies of the package, as nothing but itself', (name) => {
    const foreign = construct(elsewhere, name);
    expect(foreign).not.toBeInstanceOf(here[name]);
    for (const error of [construct(here, name), foreign]) {
      expect(here.FactornetError.isInstance(error)).toBe(true);
      expect(names.filter((other) => here[other].isInstance(error))).toEqual([name]);
      expect(names.filter((other) => elsewhere[other].isInstance(error))).toEqual([name]);
    }
  });
});

describe('isInstance', () => {
  it.each([undefined, null, 'text', 3, {}, new Error('plain'), { code: 'integrity' }])(
    'refuses %s',
    (value) => {
      expect(here.FactornetError.isInstance(value)).toBe(false);
      expect(here.IntegrityError.isInstance(value)).toBe(false);
    },
  );

  it('takes a bare FactornetError for no special class', () => {
    const error = new here.FactornetError('something-else', 'Something else.');
    expect(error.name).toBe('FactornetError');
    expect(here.FactornetError.isInstance(error)).toBe(true);
    expect(names.filter((name) => here[name].isInstance(error))).toEqual([]);
  });
});
