export type { PipelineOptions } from './pipeline-options';
export type { PipelineReport } from './pipeline-report';
export { type ExampleFlags, type ExampleSettings, runExample } from './run-example';
export { runPipeline } from './run-pipeline';
export { trainExampleTeacher } from './train-example-teacher';
