export type { PipelineOptions } from './pipeline-options';
export type { PipelineReport } from './pipeline-report';
export { runPipeline } from './run-pipeline';
