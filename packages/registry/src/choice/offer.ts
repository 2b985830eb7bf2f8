import type { PublishedCommon } from '../packages/published-package';
import type { Option } from './search-selection';

/** Factors of one common-knowledge network by task. */
export interface Offer {
  readonly common: PublishedCommon;
  readonly bytes: number;
  readonly options: ReadonlyMap<string, readonly Option[]>;
}
