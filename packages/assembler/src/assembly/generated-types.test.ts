import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { HUE, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
let folder: string;

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-generated-types-'));
  const at = (name: string) => ({ name: `@scope/${name}`, version: '1.0.0', directory: join(folder, name) });
  const common = await tinyCommon();
  const ckn = await packCommon(common, at('ckn'));
  for (const task of [SHAPE, HUE]) {
    const factor = tinyFactor(common, task);
    await packFactor(factor, { ...at(task.name), common: ckn });
    disposeBrick(factor);
  }
  await packCommon(common, { ...at('ckn'), version: '2.0.0', directory: join(folder, 'next') });
  disposeBrick(common);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// The types tests beside `assemble` use declarations written by hand; this one uses those that are published.
it('types an assembly by the declarations that packages are published with', async () => {
  const file = join(folder, 'consumer.ts');
  await writeFile(
    file,
    `import { assemble } from '@factornet/assembler';
import type { Tensor4D } from '@tensorflow/tfjs';
import ckn from './ckn/index.js';
import hue from './object-hue/index.js';
import next from './next/index.js';
import shape from './shape/index.js';
declare const images: Tensor4D;
const network = await assemble(ckn, [shape, hue]);
const predictions = await network.predict(images);
export const labels: ('circle' | 'square' | 'star')[] = predictions.shape.labels;
export const classes: readonly ['red', 'green', 'blue', 'grey'] = predictions['object-hue'].classes;
export const misspelt = predictions.shapes;
export const narrow: ('circle' | 'square')[] = predictions.shape.labels;
await assemble(shape, [hue]);
await assemble(next, [hue, shape]);
await assemble(ckn, [shape, shape]);
`,
  );
  const program = ts.createProgram([file], {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
    skipLibCheck: true,
    paths: {
      '@factornet/*': [`${root}packages/*/src/index.ts`],
      '@tensorflow/tfjs': [`${root}node_modules/@tensorflow/tfjs`],
    },
  });
  const source = program.getSourceFile(file);
  const errors = program.getSemanticDiagnostics(source).map(({ messageText, start = 0 }) => {
    const line = (source?.getLineAndCharacterOfPosition(start).line ?? -1) + 1;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(errors).toEqual([
    expect.stringMatching(/^12: Property 'shapes' does not exist on type .* Did you mean 'shape'\?/),
    expect.stringMatching(/^13: Type .*"star"/),
    expect.stringMatching(/^14: /),
    expect.stringContaining('"@scope/object-hue was made for @scope/ckn@^1.0.0, not for @scope/ckn@2.0.0"'),
    expect.stringContaining('"@scope/shape was made for @scope/ckn@^1.0.0, not for @scope/ckn@2.0.0"'),
    expect.stringContaining('More than one factor is named \\"shape\\"'),
    expect.stringContaining('More than one factor is named \\"shape\\"'),
  ]);
});
