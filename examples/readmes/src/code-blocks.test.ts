import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeBlocksOf, moduleOf } from './code-blocks';
import { markdownFiles, root } from './markdown-files';

const markdown = `# Title

<!-- ts: import type { Tensor4D } from '@tensorflow/tfjs';
declare const images: Tensor4D; -->
\`\`\`ts
images.dispose();
\`\`\`

<!-- not for the compiler -->
\`\`\`sh
npm install # \`\`\` in a line ends nothing
\`\`\`
`;

describe('blocks of a README', () => {
  it('are found with their language and what is declared above them', () => {
    expect(codeBlocksOf(markdown)).toEqual([
      {
        language: 'ts',
        line: 5,
        lines: ['images.dispose();'],
        context: ["import type { Tensor4D } from '@tensorflow/tfjs';", 'declare const images: Tensor4D;'],
      },
      { language: 'sh', line: 10, lines: ['npm install # ``` in a line ends nothing'], context: [] },
    ]);
  });

  it('keep their lines as modules', () => {
    const [block] = codeBlocksOf(markdown);
    const lines = moduleOf(block as never).split('\n');
    expect(lines[6 - 1]).toBe('images.dispose();');
    expect(lines.indexOf('declare const images: Tensor4D;')).toBe(4 - 1);
  });

  it('are refused without an end', () => {
    expect(() => codeBlocksOf('```ts\nconst a = 1;\n')).toThrow('line 1 has no end');
  });

  it('are found in every room', async () => {
    const files = await markdownFiles();
    const texts = await Promise.all(files.map((path) => readFile(join(root, path), 'utf8')));
    const blocks = texts.flatMap(codeBlocksOf).filter(({ language }) => /^(ts|js)$/.test(language));
    expect(files).toContain('README.md');
    expect(blocks.length).toBeGreaterThanOrEqual(33);
    // Others would be taken for no code.
    expect(texts.join('\n')).not.toMatch(/^```(typescript|javascript|tsx|jsx|mjs)/m);
  });
});
