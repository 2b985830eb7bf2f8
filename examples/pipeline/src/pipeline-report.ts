import type { JointFigures, Report } from '@factornet/pipeline';

/** `report.json` of an example. */
export interface PipelineReport extends Report {
  /** Per task, the largest first: an upper bound on I(x; t_d) in nats, before dead dimensions were cut. */
  readonly informationPerDimension: Readonly<Record<string, readonly number[]>>;
  /** Where all tasks are some classes of one label space. */
  readonly joint?: JointFigures;
}
