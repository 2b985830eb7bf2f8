export {
  EXIT_CANCELLED,
  EXIT_INCOMPATIBLE,
  EXIT_INPUT,
  EXIT_OK,
  EXIT_TRAINING,
  EXIT_UNEXPECTED,
  EXIT_USAGE,
  exitCodeOf,
} from './exit-codes';
export type { CommandIO, Output } from './io';
export { explainFindings } from './render/findings';
export {
  createProgressReporter,
  type ProgressReporter,
  type ProgressReporterOptions,
} from './render/progress';
export { renderAccuracyTable } from './report/accuracy-table';
export { renderBaselineTable } from './report/baseline-table';
export { renderCalibrationTable } from './report/calibration-table';
export { renderInformationTable } from './report/information-table';
export { renderReport } from './report/report-html';
export { run } from './run';
