// Writes schema/<kind>-manifest.schema.json; runs at the end of the build.
import { mkdirSync, writeFileSync } from 'node:fs';
import { manifestJsonSchema, manifestKinds } from './json-schemas';

const folder = new URL('../schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const kind of manifestKinds) {
  const text = `${JSON.stringify(manifestJsonSchema(kind), null, 2)}\n`;
  writeFileSync(new URL(`${kind}-manifest.schema.json`, folder), text);
}
