import { isAbsolute, relative } from 'node:path';
import type { CheckStatus, PackageReport } from '@factornet/verifier';
import { errorToText } from '../../render/error';
import { plainLine } from '../../render/plain-text';
import { quoteCommandLine } from '../../render/quote';
import { tableOf } from '../../render/table';
import type { Text } from '../../render/text';

const words: Readonly<Record<CheckStatus, string>> = { passed: 'ok', failed: 'FAILED', skipped: '–' };

/** A table of checks per package, why any failed, and what to do next. */
export function renderVerification(reports: readonly PackageReport[]): Text {
  const refused = reports.filter(({ passed }) => !passed);
  return [
    ...reports.flatMap((report) => [...renderReport(report), '']),
    refused.length === 0
      ? whatNext(reports)
      : `Refused: ${refused.map(labelOf).join(', ')}. ${avoid(refused)}`,
  ];
}

function renderReport(report: PackageReport): Text[] {
  const rows = report.checks.map(({ check, status, detail }) => [check, words[status], shorten(detail)]);
  const lines: Text[] = [labelOf(report), tableOf(['check', '', 'found'], rows)];
  if (report.error !== undefined) lines.push(errorToText(report.error, { verbose: false }));
  return lines;
}

function labelOf({ name, version, kind, directory }: PackageReport): string {
  const place = placeOf(directory);
  return plainLine(name === undefined ? place : `${name}@${version} (${kind ?? 'unknown'}, ${place})`);
}

/** What was fetched is called as it was named. */
function placeOf(directory: string): string {
  return isAbsolute(directory) ? relative(process.cwd(), directory) || '.' : directory;
}

/** Digests and lists of shapes are long; `--json` has them whole. */
function shorten(text: string, most = 90): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function whatNext(reports: readonly PackageReport[]): string {
  const passed = reports.length === 1 ? 'It passed.' : `All ${reports.length} passed.`;
  if (reports.some(lacksCommon)) {
    return `${passed} To hold factors against their common network, too: factornet verify --common <package> …`;
  }
  if (reports.every(({ kind }) => kind === 'common')) return passed;
  const folders = reports.map(({ directory }) => placeOf(directory));
  return `${passed} See what they assemble to: factornet assemble ${quoteCommandLine(folders)}`;
}

function avoid(refused: readonly PackageReport[]): string {
  const installed = refused.some(({ directory }) => directory.includes('node_modules'));
  return installed
    ? 'Do not use it: install it again, and if it is refused again, tell its publisher.'
    : 'Do not publish it: pack it again.';
}

function lacksCommon({ checks }: PackageReport): boolean {
  return checks.some(({ check, status, detail }) => {
    return check === 'common' && status === 'skipped' && detail.endsWith('is not here');
  });
}
