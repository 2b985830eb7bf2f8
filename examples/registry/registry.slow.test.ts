import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { readBrick } from '@factornet/core/node';
import { evaluateFeatures, evaluateLogits } from '@factornet/core/probes';
import { expectCloseArrays } from '@factornet/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { common, four, three } from './src/names';
import type { Prediction } from './src/project';
import { type Story, tellStory } from './src/story';
import { Transcript } from './src/transcript';

type Logits = Readonly<Record<string, readonly number[]>>;
const managers = ['npm', 'pnpm'] as const;

const lines: string[] = [];
let story: Story;
let own: Logits;

beforeAll(async () => {
  await useBackend('wasm');
  story = await tellStory({
    transcript: new Transcript((line) => lines.push(line)),
    examine: async ({ author }) => {
      own = await ownLogits(join(author, 'v1'));
    },
  });
});

/** What the networks say as they were factorized, each computed alone: by no code of the assembler. */
async function ownLogits(folder: string): Promise<Logits> {
  const trunk = await readBrick(join(folder, 'common'), { kind: 'common' });
  const { input } = trunk.description;
  // As in project/predict-pictures.mjs.
  const pictures = Uint8Array.from({ length: 8 * 32 * 32 * 3 }, (_, index) => (index * 7919) % 256);
  const features = await evaluateFeatures(trunk.network, input, pictures);
  disposeBrick(trunk);
  const logits: Record<string, readonly number[]> = {};
  for (const task of ['shape', 'object-hue', 'size', 'background-hue']) {
    const factor = await readBrick(join(folder, 'factors', task), { kind: 'factor' });
    logits[task] = [...(await evaluateLogits(factor, input, pictures, features))];
    disposeBrick(factor);
  }
  return logits;
}

const labels = (version: string, factors: readonly string[]) => [
  `${common}@${version}`,
  ...factors.map((name) => `${name}@1.0.0`),
];

function expectOwnLogits({ logits }: Prediction, tasks: readonly string[], tolerance: number) {
  expect(Object.keys(logits)).toEqual(tasks);
  for (const task of tasks) {
    expectCloseArrays(logits[task] as number[], own[task] as number[], { absolute: tolerance });
  }
}

describe.each(managers)('a project with %s', (manager) => {
  it('installs three factors with their common-knowledge network and assembles them by name and by import', () => {
    const { installed, byName, byImport, compiled } = story.beginning[manager];
    expect(installed.code).toBe(0);
    expect(byName.packages).toEqual(labels('1.0.0', three));
    expect(byImport).toEqual(byName);
    expectOwnLogits(byName, ['shape', 'object-hue', 'size'], 1e-5);
    expect(compiled).toMatchObject({ code: 0, output: '' });
  });

  it('adds the fourth with factornet add', () => {
    const { byName, withFourth } = story.beginning[manager];
    expect(withFourth.packages).toEqual(labels('1.0.0', four));
    expectOwnLogits(withFourth, ['shape', 'object-hue', 'size', 'background-hue'], 1e-5);
    expect(withFourth.logits).toMatchObject(byName.logits);
  });

  it('goes on with the same factors after a patch and after a minor release', () => {
    const { patch, minor } = story.upgraded[manager];
    const { withFourth } = story.beginning[manager];
    expect(patch.packages).toEqual(labels('1.0.1', four));
    expect(patch.logits).toEqual(withFourth.logits);
    expect(minor.packages).toEqual(labels('1.1.0', four));
    expect(minor.logits).not.toEqual(withFourth.logits);
    expectOwnLogits(minor, Object.keys(own), 0.05);
  });
});

describe('measured releases', () => {
  it('are a patch, a minor and a major one', () => {
    const measured = (name: keyof Story['measured']) => {
      const { output } = story.measured[name];
      const told = (what: string) => new RegExp(`^${what} +(.*)$`, 'm').exec(output)?.[1];
      return [told('measured'), told('next version')];
    };
    expect(measured('patch')).toEqual(['patch', '1.0.1']);
    expect(measured('minor')).toEqual(['minor', '1.1.0']);
    expect(measured('major')).toEqual(['major', '2.0.0']);
  });

  it('do not take another version: both numbers are said', () => {
    const { code, output } = story.contradicted;
    expect(code).toBe(3);
    expect(output).toMatch(
      /would be a minor release .* the features say major: they drifted by [1-9.]+, .* 0\.02/,
    );
    expect(output).toContain('2.0.0');
  });
});

describe('a mixed installation, factors of ^1.0.0 with a common-knowledge network of 2.0.0', () => {
  const peer = `peer ${common}@"^1.0.0" from @knowledge/shapes-shape@1.0.0`;

  it('is refused by npm in a new project; in one that has the factors npm warns, and npm ls calls it invalid', () => {
    const { fresh, upgraded, asked } = story.mixed.npm;
    expect(fresh).toMatchObject({ code: 1, output: expect.stringContaining('ERESOLVE unable to resolve') });
    expect(fresh.output).toContain(peer);
    expect(upgraded.output).toContain('ERESOLVE');
    expect(upgraded.output).toContain(peer);
    expect(asked).toMatchObject({ code: 1, output: expect.stringContaining('invalid: "^1.0.0" from') });
  });

  it('makes pnpm warn, and only pnpm peers check fails', () => {
    const { fresh, upgraded, asked } = story.mixed.pnpm;
    for (const { code, output } of [fresh, upgraded]) {
      expect(code).toBe(0);
      expect(output).toContain('Issues with peer dependencies found');
    }
    expect(asked.code).toBe(1);
    expect(asked.output).toMatch(/unmet peer @knowledge\/shapes-common\s+Installed: 2\.0\.0/);
  });

  it.each(managers)('is a compile error for each factor that says why, installed with %s', (manager) => {
    const { code, output } = story.mixed[manager].compiled;
    expect(code).not.toBe(0);
    for (const name of three) {
      expect(output).toContain(`"${name} was made for ${common}@^1.0.0, not for ${common}@2.0.0"`);
    }
    expect(output.match(/error TS/g)).toHaveLength(3);
  });

  it.each(managers)('is refused by the assembler, installed with %s', (manager) => {
    const { code, output } = story.mixed[manager].assembled;
    expect(code).toBe(1);
    expect(output).toContain(
      `IncompatibleCommonError: ${three[0]}@1.0.0 was made for ${common}@^1.0.0, but is being assembled with ${common}@2.0.0.`,
    );
    expect(output).toContain(`npm install ${common}@^1.0.0`);
  });
});

it('tells the story to a reader', () => {
  expect(lines.filter((line) => /^\n\d\./.test(line))).toHaveLength(10);
  expect(lines.join('\n')).toContain(`"${three[0]} was made for ${common}@^1.0.0, not for ${common}@2.0.0"`);
});
