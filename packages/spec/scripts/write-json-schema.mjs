// Writes the JSON Schema of every manifest kind into schema/, from the built schemas.
import { mkdirSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { commonManifestSchema, factorManifestSchema, teacherManifestSchema } from '../dist/index.js';

const schemas = {
  'common-manifest': [commonManifestSchema, 'The factornet field of a common-knowledge package'],
  'factor-manifest': [factorManifestSchema, 'The factornet field of a factor package'],
  'teacher-manifest': [teacherManifestSchema, 'teacher.json beside the model files of a teacher'],
};

const folder = new URL('../schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, [schema, title]] of Object.entries(schemas)) {
  // Rules across fields (v.check) have no JSON Schema; only parsing with the library checks those.
  const { $schema, ...rest } = toJsonSchema(schema, { ignoreActions: ['check', 'finite', 'safe_integer'] });
  writeFileSync(new URL(`${name}.schema.json`, folder), `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`);
}
