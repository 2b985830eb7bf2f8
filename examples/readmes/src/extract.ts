// Writes the TypeScript and JavaScript of all READMEs to out/, where `pnpm test:types` checks it like our own.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeBlocksOf, moduleOf } from './code-blocks';
import { markdownFiles, root } from './markdown-files';

const out = fileURLToPath(new URL('../out/', import.meta.url));

await rm(out, { recursive: true, force: true });
for (const path of await markdownFiles()) {
  const blocks = codeBlocksOf(await readFile(join(root, path), 'utf8'));
  for (const block of blocks.filter(({ language }) => /^(ts|js)$/.test(language))) {
    // Blocks that name their file, `// tiny-backbone.ts`, import each other by it.
    const name = /^\/\/ ([\w-]+)\.ts$/.exec(block.lines[0] ?? '')?.[1] ?? `${block.line}`;
    await mkdir(join(out, path), { recursive: true });
    await writeFile(join(out, path, `${name}.ts`), moduleOf(block));
  }
}
