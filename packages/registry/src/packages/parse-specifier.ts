import { InvalidOptionError } from '@factornet/spec';
import { isPackageName } from '@factornet/spec/internal';
import valid from 'semver/functions/valid.js';
import validRange from 'semver/ranges/valid.js';

/** What a package may be called, in every argument and flag that takes one: the sentence of every message and help. */
export const packageForms =
  'a folder, a tarball, an http: or https: URL of either, an installed name, or a name on a registry with a version, range or tag (@me/shape@^1.0.0)';

/** What a package was called, told apart. A text that is a name may be that of a folder, too. */
export type Specifier = { readonly text: string } & (
  | { readonly form: 'name'; readonly name: string }
  | {
      readonly form: 'release';
      readonly name: string;
      readonly wanted: string;
      readonly by: 'version' | 'range' | 'tag';
    }
  | {
      readonly form: 'folder' | 'tarball';
      readonly path: string;
      /** What it could have been, where it is no path beyond doubt. */
      readonly couldBe?: string;
    }
  | { readonly form: 'remote-folder' | 'remote-tarball'; readonly url: string }
);

/** `./x`, `../x`, `/x`, `~/x` or `C:\x`. */
const isPath = (text: string) => /^(?:\.{1,2}(?:[/\\]|$)|~[/\\]|[/\\]|[a-z]:[/\\])/i.test(text);
const isAddress = (text: string) => /^[a-z][a-z\d+.-]+:/i.test(text);
const isArchive = (text: string) => /\.(?:tgz|tar|tar\.gz)$/i.test(text);

/**
 * Reads what a user calls a package: a folder (`./packages/shape`), a tarball (`me-shape-1.0.0.tgz`), a URL of either
 * (`https://example.org/shape/`), a name (`@me/shape`) or a release (`@me/shape@^1.2.0`, `@me/shape@next`). Pure: it looks
 * at no disk, so that the text of a name is one, whether or not a folder is called so. Where npm reads a text as well, it
 * reads the same.
 *
 * @param option for messages
 * @throws InvalidOptionError for what is nothing of the kind, and for git and other addresses: npm would have to run a
 * package's scripts to read one
 * @example
 * parseSpecifier('@me/shape@^1.2.0'); // { form: 'release', name: '@me/shape', wanted: '^1.2.0', by: 'range', … }
 */
export function parseSpecifier(text: string, option = 'package'): Specifier {
  const refuse = (hint: string, cause?: unknown) =>
    new InvalidOptionError(
      { option, expected: `a package: ${packageForms}`, received: text },
      { hint, cause },
    );
  if (text.trim() === '' || /^-|\0/.test(text)) throw refuse('Name a package.');
  if (isAddress(text)) return parseAddress(text, refuse);
  if (isPath(text)) return pathOf(text, text);
  const [, name, given] = /^((?:@[^/\\@]*\/)?[^/\\@]+)(?:@(.*))?$/s.exec(text) ?? [];
  const wanted = given?.trim() ?? '';
  if (isPath(wanted) || /^(?:\.|file:|https?:)/i.test(wanted)) throw refuse(`Leave out the name: ${wanted}`);
  if (isArchive(text)) return pathOf(text, text);
  if (!isPackageName(name)) return { ...pathOf(text, text), couldBe: guess(text) };
  if (wanted === '' || wanted === '*') return { text, form: 'name', name };
  if (/[/\\:]/.test(wanted)) throw refuse('Publish it to a registry, or download it and name the folder.');
  if (valid(wanted, true) !== null) return { text, form: 'release', name, wanted, by: 'version' };
  if (validRange(wanted, true) !== null) return { text, form: 'release', name, wanted, by: 'range' };
  if (encodeURIComponent(wanted) === wanted) return { text, form: 'release', name, wanted, by: 'tag' };
  throw refuse(`"${wanted}" is no version, range or tag.`);
}

/** `@me` of `@me/shape`. */
export function scopeOf(name: string): string | undefined {
  return /^(@[^/]+)\//.exec(name)?.[1];
}

function parseAddress(text: string, refuse: (hint: string, cause?: unknown) => Error): Specifier {
  if (/^file:/i.test(text)) {
    // As npm has it, `file:../shape` is relative; `file:///shape` is not.
    const path = text.replace(/^file:/i, '');
    return pathOf(text, path.startsWith('///') ? decode(path.slice(2)) : path);
  }
  if (/^npm:/i.test(text)) throw refuse(`Leave out "npm:": ${text.slice(4)}`);
  if (!/^https?:/i.test(text)) {
    throw refuse('Publish it to a registry, or download it and name the folder.');
  }
  try {
    const url = new URL(text);
    return { text, form: isArchive(url.pathname) ? 'remote-tarball' : 'remote-folder', url: url.href };
  } catch (cause) {
    throw refuse('It is no whole address.', cause);
  }
}

function pathOf(text: string, path: string) {
  return { text, form: isArchive(path) ? 'tarball' : 'folder', path } as const;
}

/** Paths in URLs are escaped. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What a text could have been that is no name, and no path beyond doubt. */
function guess(text: string): string {
  if (/^[^@/\\]+\/[^/\\]+$/.test(text)) {
    return `There is no such folder. If it is the package of a scope, write @${text}; a repository on GitHub is not read.`;
  }
  if (/[/\\]/.test(text)) return 'There is no such folder.';
  if (isPackageName(text.toLowerCase())) {
    return `There is no such folder here. If it is the name of a package, write ${text.toLowerCase()}.`;
  }
  return 'It is no name of a package, and there is no such folder here.';
}
