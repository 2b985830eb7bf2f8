import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { taskKinds } from '../src/kinds/task-kinds';
import { commonManifestSchema } from '../src/manifest/common-manifest';
import { factorManifestSchema } from '../src/manifest/factor-manifest';
import { teacherManifestSchema } from '../src/manifest/teacher-manifest';

const schemas = taskKinds.map(({ schema }) => schema);
const task = schemas.length === 1 ? (schemas[0] as (typeof schemas)[number]) : v.union(schemas);

const kinds = {
  common: { schema: commonManifestSchema, title: 'The factornet field of a common-knowledge package' },
  factor: { schema: factorManifestSchema(task), title: 'The factornet field of a factor package' },
  teacher: { schema: teacherManifestSchema(task), title: 'teacher.json beside the model files of a teacher' },
};

/**
 * JSON Schema (draft 7) of one kind of manifest. Rules across fields have no JSON Schema, so parsing
 * refuses a little more; a JSON text cannot hold infinite numbers in the first place.
 */
export function manifestJsonSchema(kind: keyof typeof kinds): object {
  const { schema, title } = kinds[kind];
  const { $schema, ...rest } = convert(schema);
  return { $schema, title, ...rest };
}

/** Of `numberOr` both, which parsing tells apart by the value. */
const convert = (schema: v.GenericSchema): ReturnType<typeof toJsonSchema> =>
  toJsonSchema(schema, {
    ignoreActions: ['check', 'finite', 'safe_integer'],
    overrideSchema({ valibotSchema }) {
      if (valibotSchema.type !== 'lazy' || !('options' in valibotSchema)) return undefined;
      const options = valibotSchema.options as readonly v.GenericSchema[];
      return {
        anyOf: options.map((option) => {
          const { $schema: _, ...converted } = convert(option);
          return converted;
        }),
      };
    },
  });

export const manifestKinds = Object.keys(kinds) as (keyof typeof kinds)[];
