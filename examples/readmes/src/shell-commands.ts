import type { CodeBlock } from './code-blocks';

/** What a reader would type of a block for a shell: its lines, or those after `$` where it shows output, too. */
export function shellCommandsOf({ language, lines }: CodeBlock): string[] {
  if (language === 'console') {
    return lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2));
  }
  if (language !== 'sh') return [];
  const whole = lines.join('\n').replaceAll('\\\n', ' ').split('\n');
  return whole.map((line) => line.replace(/(^|\s)#.*/, '').trim()).filter((line) => line !== '');
}
