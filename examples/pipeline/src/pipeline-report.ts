import type { Report } from '@factornet/pipeline';

/** `report.json` of an example. */
export interface PipelineReport extends Report {
  /** Per task, the largest first: an upper bound on I(x; t_d) in nats, before dead dimensions were cut. */
  readonly informationPerDimension: Readonly<Record<string, readonly number[]>>;
}
