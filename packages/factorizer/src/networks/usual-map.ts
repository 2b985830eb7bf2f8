import type { CommonMap, InputDescription } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { createCommonPart } from './common-part';

/** The map that factors read unless told otherwise: the one before the last, which still says where things are. */
export function usualMap<Map>(maps: readonly Map[]): Map | undefined {
  return maps.at(-2) ?? maps.at(-1);
}

/** What a common network of this backbone can offer besides z, shallow to deep. */
export function mapsOfBackbone(backbone: Backbone, input: InputDescription): readonly CommonMap[] {
  const names = backbone.maps.map(({ name }) => name);
  const { network, maps } = createCommonPart(backbone, { input, seed: 1, maps: names });
  network.dispose();
  return maps;
}
