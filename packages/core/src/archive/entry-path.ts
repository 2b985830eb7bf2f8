/** Names that reach past the folder, or that two systems take for different files. */
const problems: readonly (readonly [problem: string, test: RegExp])[] = [
  ['has control characters', /\p{Cc}/u],
  ['has a backslash, which some systems take for a folder', /\\/],
  ['leads out of the archive', /^\/|^[a-z]:|(?:^|\/)\.\.(?:\/|$)/i],
  ['has parts without a name', /(?:^|\/)\.(?:\/|$)|\/\/|^$/],
  ['ends in a dot or space, which some systems drop', /[. ](?:\/|$)/],
];

/**
 * What is wrong with the path of an archive's entry, in words that follow it; undefined for one that every system
 * writes to one and the same place. A slash at the end, as folders have it, is part of no name.
 *
 * @example
 * explainUnsafePath('package/./package.json'); // 'has parts without a name'
 */
export function explainUnsafePath(path: string): string | undefined {
  const name = path.replace(/\/$/, '');
  return problems.find(([, test]) => test.test(name))?.[0];
}

/** Equal for paths that some file system takes for one: it knows no case, or writes accents in its own way. */
export function pathKey(path: string): string {
  return path.replace(/\/$/, '').normalize('NFKC').toLowerCase();
}
