/** The last lines of a command's `--help`. */
export function helpExample(...lines: readonly string[]): string {
  return ['', 'Example:', ...lines.map((line) => `  $ ${line}`)].join('\n');
}
