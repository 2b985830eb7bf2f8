import { InvalidOptionError } from '@factornet/spec';

/** What people read of a package, in `package.json` and on its page. */
export interface AboutOptions {
  /** One sentence for `package.json` and the model card. */
  description?: string;
  /** `repository` of `package.json`, without which npm gives no provenance: `github:scope/models`, or its URL. */
  repository?: string;
  /** `author` of `package.json`: `Ada Lovelace <ada@example.org> (https://example.org)`. */
  author?: string;
}

/** A line of words: nothing that breaks it or that a terminal obeys. */
const LINE = /^(?!\s)[^\p{Cc}\p{Bidi_Control}\u2028\u2029]{1,500}(?<!\s)$/u;
const AUTHOR = /^[^<>()]+?( <[^<>()\s@]+@[^<>()\s@]+>)?( \(https?:\/\/[^<>()\s]+\))?$/;
/** As npm reads it: https://docs.npmjs.com/cli/configuring-npm/package-json#repository. */
const REPOSITORY =
  /^((github:|gitlab:|bitbucket:)?\w[\w.-]*\/\w[\w.-]*|[\w-]+@[\w.-]+:[\w.~/-]+|gist:\w+|(git\+)?(https|ssh):\/\/[\w.@:-]+\/[\w.~/-]+|git:\/\/[\w.-]+\/[\w.~/-]+)$/;

/** @throws InvalidOptionError naming what npm, or who reads the package's page, could make nothing of */
export function checkAbout({ description, repository, author }: AboutOptions): void {
  const check = (option: string, received: string | undefined, form: RegExp, expected: string) => {
    if (received === undefined || (LINE.test(received) && form.test(received))) return;
    throw new InvalidOptionError({ option, expected, received });
  };
  check('description', description, /./, 'one line of at most 500 characters');
  check(
    'repository',
    repository,
    REPOSITORY,
    '"owner/name", "github:owner/name", or the URL of a repository',
  );
  check('author', author, AUTHOR, '"Name", maybe with "<mail>" and "(https://page)" behind it');
}
