export { type ExportOptions, exportAssembly } from './export/export-assembly';
