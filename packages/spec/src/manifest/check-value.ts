import * as v from 'valibot';

/** Values up to which every violation is told; a list of a million wrong ones would be a million violations. */
const ALL_TOLD = 10_000;
/** Violations that are told. */
const MOST = 50;
/** Letters of one violation that are told, of which a wrong value may be most. */
const LONGEST = 300;

/**
 * Checks a value that anyone may have written.
 *
 * @returns what it is, or one line per violation: path and reason. Of very many the first, of a huge value the first one
 */
export function check<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): { output: v.InferOutput<Schema> } | { issues: string[] } {
  const result = v.safeParse(schema, value, { abortEarly: !isSmall(value) });
  if (result.success) return { output: result.output };
  const issues = result.issues.slice(0, MOST).map(explainIssue);
  const more = result.issues.length - issues.length;
  return { issues: more > 0 ? [...issues, `and ${more} more`] : issues };
}

function explainIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const text = path === null ? issue.message : `${path}: ${issue.message}`;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function isSmall(value: unknown): boolean {
  const left: unknown[] = [value];
  for (let seen = 0; left.length > 0; seen++) {
    const next = left.pop();
    // Not by spreading: a function takes only so many arguments.
    if (typeof next === 'object' && next !== null) for (const part of Object.values(next)) left.push(part);
    if (seen + left.length > ALL_TOLD) return false;
  }
  return true;
}
