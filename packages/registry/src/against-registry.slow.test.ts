import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError, InvalidManifestError, RefusedPackageError } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import spawn from 'nano-spawn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAddition } from './addition/resolve-addition';
import { gatherCandidates } from './choice/gather-candidates';
import { searchPackages } from './packages/search-packages';
import { viewPackages } from './packages/view-packages';
import { viewVersions } from './packages/view-versions';
import { publishDescription } from './testing/publish-description';
import { descriptionOf, digest, sampleCommon, sampleFactor } from './testing/sample-packages';
import { sampleProject } from './testing/sample-project';
import { startRegistry, type TestRegistry } from './testing/start-registry';

// Everything that asks a registry, against a real one.

let registry: TestRegistry;
let folder: string;
/** A folder whose `.npmrc` is the registry's, as a project has one. */
let at: { cwd: string };

const shape = sampleFactor('shape');
const hue = sampleFactor('hue', { version: '1.4.0', name: '@other/hue' });
const evil = { ...descriptionOf(sampleFactor('evil')), scripts: { postinstall: 'touch ran' } };

beforeAll(async () => {
  registry = await startRegistry();
  folder = await mkdtemp(join(tmpdir(), 'factornet-view-'));
  at = { cwd: folder };
  await spawn('cp', [registry.npmrc, join(folder, '.npmrc')]);
  const ckn = (version: string, letter: string) =>
    descriptionOf(sampleCommon({ version, representation: digest(letter) }));
  const publish = (description: object, tag?: string) =>
    publishDescription(registry, description, tag === undefined ? {} : { tag });
  // The versions of one package one after the other, packages side by side.
  await Promise.all([
    (async () => {
      await publish(ckn('1.0.0', 'a'));
      await publish(ckn('1.2.0', 'b'), 'next');
      await publish(ckn('2.0.0-rc.1', 'c'), 'rc');
      await publish({ name: '@me/ckn', version: '0.1.0' }, 'old');
    })(),
    publish(descriptionOf(shape)),
    publish(descriptionOf(hue)),
    publish(evil),
    publish({ name: 'ordinary', version: '1.0.0', keywords: ['factornet-factor'] }),
    publish({ ...descriptionOf(shape), name: '@private/shape' }),
    publish(descriptionOf(sampleFactor('orphan', { name: '@lost/orphan', common: '@lost/ckn' }))),
  ]);
});
afterAll(async () => {
  await registry.stop();
  await rm(folder, { recursive: true, force: true });
});

const versions = (packages: readonly { version: string }[]) => packages.map(({ version }) => version);
const failure = (attempt: Promise<unknown>) => attempt.catch((error: unknown) => error);

describe('viewPackages', () => {
  it('reads what was published, in order', async () => {
    const seen: number[] = [];
    const onProgress = (done: number) => seen.push(done);
    expect(await viewPackages(['@other/hue', '@me/shape'], { ...at, onProgress })).toEqual([hue, shape]);
    expect(seen).toEqual([1, 2]);
  });

  it('takes of a range what npm would install', async () => {
    const asked = ['@me/ckn', '@me/ckn@next', '@me/ckn@^1.0.0', '@me/ckn@^1.1.0', '@me/ckn@2.0.0-rc.1'];
    const expected = ['1.0.0', '1.2.0', '1.0.0', '1.2.0', '2.0.0-rc.1'];
    expect(versions(await viewPackages(asked, at))).toEqual(expected);
  });

  it('reads folders and tarballs', async () => {
    const local = join(folder, 'local');
    await mkdir(local);
    await writeFile(join(local, 'package.json'), JSON.stringify(descriptionOf(shape)));
    await spawn('npm', ['pack', local], { cwd: folder });
    const tarball = join(folder, 'me-shape-1.0.0.tgz');
    const found = await viewPackages(['./local', './me-shape-1.0.0.tgz'], at);
    expect(found).toEqual([
      { ...shape, specifier: local },
      { ...shape, specifier: tarball, unpackedBytes: expect.any(Number), tarballBytes: expect.any(Number) },
    ]);
  });

  it('says that there is no such package or version', async () => {
    for (const missing of ['@me/nothing', '@me/shape@^7.0.0']) {
      const error = await failure(viewPackages(['@me/shape', missing], at));
      expect(error).toBeInstanceOf(RegistryError);
      expect(error).toMatchObject({
        output: expect.stringContaining('E404'),
        hint: expect.stringMatching(/Check/),
      });
    }
  });

  it('says who may not read a package', async () => {
    expect(await viewPackages(['@private/shape'], at)).toHaveLength(1);
    const stranger = { cwd: tmpdir(), registry: registry.url };
    const error = await failure(viewPackages(['@private/shape'], stranger));
    expect(error).toMatchObject({
      code: 'registry',
      hint: `Log in with an account that may read it: npm login --registry ${registry.url}`,
    });
  });

  it('says that a registry cannot be reached', async () => {
    const error = await failure(viewPackages(['@me/shape'], { ...at, registry: 'http://127.0.0.1:9/' }));
    expect(error).toMatchObject({
      output: expect.stringContaining('ECONNREFUSED'),
      hint: expect.stringContaining('could not be reached'),
    });
  });

  it('refuses ordinary packages and those that would run something', async () => {
    expect(await failure(viewPackages(['ordinary'], at))).toBeInstanceOf(InvalidManifestError);
    const error = await failure(viewPackages(['@me/evil'], at));
    expect(error).toBeInstanceOf(RefusedPackageError);
    expect(error).toMatchObject({ rule: 'scripts', source: '@me/evil@1.0.0' });
  });

  it('is cancelled', async () => {
    const signal = AbortSignal.abort();
    expect(await failure(viewPackages(['@me/shape'], { ...at, signal }))).toBeInstanceOf(CancelledError);
  });
});

describe('viewVersions', () => {
  it('reads every version within a range, highest first, and leaves out what it cannot read', async () => {
    const asked = ['@me/ckn', '@me/ckn@^1.1.0 || 2.0.0-rc.1', '@me/ckn@^1.0.0-0'];
    const found = await viewVersions(asked, at);
    expect(found.map(versions)).toEqual([
      ['1.2.0', '1.0.0'],
      ['2.0.0-rc.1', '1.2.0'],
      ['1.2.0', '1.0.0'],
    ]);
    expect(found[0]?.map(({ manifest }) => manifest.kind === 'common' && manifest.representation)).toEqual([
      digest('b'),
      digest('a'),
    ]);
  });

  it('says why none can be read', async () => {
    expect(await failure(viewVersions(['ordinary'], at))).toBeInstanceOf(InvalidManifestError);
    expect(await failure(viewVersions(['./local'], at))).toMatchObject({ code: 'invalid-option' });
  });
});

describe('searchPackages', () => {
  const names = async (request: Parameters<typeof searchPackages>[0]) =>
    (await searchPackages({ ...at, ...request })).map(({ name }) => name);

  it('finds packages of knowledge by their keyword, even where a registry does not search keywords', async () => {
    // Verdaccio looks in names and descriptions; `ordinary` has the keyword but says nothing about factornet.
    expect(await names({})).toEqual([
      '@lost/orphan',
      '@me/evil',
      '@me/shape',
      '@other/hue',
      '@private/shape',
    ]);
    expect(await names({ kind: 'common' })).toEqual(['@me/ckn']);
  });

  it('keeps to a scope and to words', async () => {
    expect(await names({ scope: '@other' })).toEqual(['@other/hue']);
    expect(await names({ query: 'shape' })).toEqual(['@me/shape', '@private/shape']);
    expect(await names({ scope: '@me', query: 'shape' })).toEqual(['@me/shape']);
    expect(await names({ scope: '@nobody' })).toEqual([]);
    expect(await failure(searchPackages({ scope: 'me', ...at }))).toMatchObject({ code: 'invalid-option' });
  });

  it('says what to do where a registry cannot search', async () => {
    const error = await failure(searchPackages({ ...at, registry: 'http://127.0.0.1:9/' }));
    expect(error).toMatchObject({ code: 'registry', hint: expect.stringContaining('name the candidates') });
  });
});

describe('resolveAddition', () => {
  it('looks up the versions of the common network that factors want', async () => {
    const project = await sampleProject({});
    await project.write('.npmrc', await readFile(registry.npmrc, 'utf8'));
    const inside = { cwd: project.directory };
    const plan = await resolveAddition(['@me/shape', '@me/shape@1.0.0'], project.directory, inside);
    expect(plan).toMatchObject({ install: ['@me/ckn@1.0.0', '@me/shape@1.0.0'], conflicts: [] });
    // 1.2.0 has another feature space, so what is there stays.
    await project.place(sampleCommon());
    await project.write('package.json', { dependencies: { '@me/ckn': '*' } });
    const kept = await resolveAddition(['@me/shape'], project.directory, inside);
    expect(kept.install).toEqual(['@me/shape@1.0.0']);
    const error = await failure(resolveAddition(['@lost/orphan'], project.directory, inside));
    expect(error).toMatchObject({
      code: 'registry',
      hint: expect.stringMatching(/^@lost\/orphan@1\.0\.0 needs @lost\/ckn\. Check name/),
    });
    await project.remove();
  });
});

describe('gatherCandidates', () => {
  const names = async (request: Parameters<typeof gatherCandidates>[0]) =>
    (await gatherCandidates({ ...at, ...request })).map(({ name, version }) => `${name}@${version}`);

  it('reads found factors, and the common networks of those that do the tasks', async () => {
    const found = await names({ names: [], tasks: ['shape', 'orphan'] });
    // `@me/evil` cannot be used and `@lost/ckn` does not exist; neither was named by anyone.
    expect(found.sort()).toEqual([
      ...['@lost/orphan@1.0.0', '@me/ckn@1.0.0', '@me/ckn@1.2.0', '@me/shape@1.0.0', '@other/hue@1.4.0'],
      '@private/shape@1.0.0',
    ]);
    expect(await names({ names: [], scope: '@other', tasks: ['shape'] })).toEqual(['@other/hue@1.4.0']);
  });

  it('reads named packages in all versions or the one that is meant, and refuses those it cannot use', async () => {
    expect(await names({ names: ['@me/ckn', '@me/ckn@rc'], tasks: [] })).toEqual([
      '@me/ckn@1.2.0',
      '@me/ckn@1.0.0',
      '@me/ckn@2.0.0-rc.1',
    ]);
    expect(await names({ names: ['@me/ckn@1.0.0', './local'], tasks: ['shape'] })).toEqual([
      '@me/ckn@1.0.0',
      '@me/shape@1.0.0',
    ]);
    expect(await failure(names({ names: ['@me/evil'], tasks: [] }))).toBeInstanceOf(RefusedPackageError);
  });
});
