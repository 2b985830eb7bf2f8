import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));

it('every deliberate error has its class: nobody makes a bare FactornetError', () => {
  const sources = readdirSync(packages)
    .flatMap((room) =>
      readdirSync(`${packages}${room}/src`, { recursive: true, encoding: 'utf8' }).map(
        (file) => `${room}/src/${file}`,
      ),
    )
    .filter((file) => /\.ts$/.test(file) && !/\.test(-d)?\.ts$|[\\/]testing[\\/]/.test(file));
  expect(sources.length).toBeGreaterThan(100);
  const bare = sources.filter((file) => /new FactornetError\(/.test(readFileSync(packages + file, 'utf8')));
  expect(bare, 'an error class of packages/spec/src/errors in its place').toEqual([]);
});
