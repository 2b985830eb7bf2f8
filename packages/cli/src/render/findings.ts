import type { Finding } from '@factornet/factorizer';

/** What is wrong, for whoever reads a command's answer: a sentence each, and what to do. Nothing where nothing is. */
export function explainFindings(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const lines = findings.map(({ code, message, hint }) => `  ${code}: ${message}\n    ${hint}`);
  return [[`Not as it should be:`, ...lines].join('\n')];
}
