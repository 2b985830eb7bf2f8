import type { PackageRule } from '@factornet/spec';
import type { ModelBytes } from '../../../model-files/two-files';

// biome-ignore lint/suspicious/noExplicitAny: tests break JSON in every place.
export type Json = any;

/** A way to break a good `model.json`, and the refusal that follows. A part of the tests. */
export type RefusalCase = readonly [
  what: string,
  change: (json: Json, layer: (name: string) => Json) => void,
  rule: PackageRule,
  found: RegExp | string,
];

/** The model with its JSON changed. */
export function changed(bytes: ModelBytes, change: RefusalCase[1]): ModelBytes {
  const json: Json = JSON.parse(new TextDecoder().decode(bytes.topology));
  change(json, (name) => json.modelTopology.config.layers.find((each: Json) => each.config.name === name));
  return { ...bytes, topology: new TextEncoder().encode(JSON.stringify(json)) };
}
