import { FactornetError } from '@factornet/spec';
import { plainText } from './plain-text';

/** An error as `--json` prints it. */
export interface ErrorJson {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null };
}

export function errorToJson(error: unknown): ErrorJson {
  if (!FactornetError.isInstance(error)) {
    return { error: { code: 'unexpected', message: messageOf(error), hint: null } };
  }
  const { code, hint } = error;
  return { error: { code, message: messageWithoutHint(error), hint: hint ?? null } };
}

/** The message and what to do next; the stack only where it is wanted. */
export function errorToText(error: unknown, { verbose }: { verbose: boolean }): string {
  if (!FactornetError.isInstance(error)) {
    const stack = verbose && error instanceof Error ? error.stack : undefined;
    return `Unexpected failure: ${indented(plainText(stack ?? messageOf(error)))}${verbose ? '' : '\nRun again with --verbose for the stack.'}`;
  }
  const lines = [`Error: ${indented(messageWithoutHint(error))}`];
  if (error.hint !== undefined) lines.push(`Hint: ${indented(error.hint)}`);
  if (verbose && error.stack !== undefined) lines.push(error.stack);
  return plainText(lines.join('\n'));
}

/** Further lines stand back from the first: none that a stranger's words begin looks like a line of ours. */
export function indented(text: string): string {
  return text.replaceAll(/\n(?! {2}|$)/g, '\n  ');
}

function messageWithoutHint({ message, hint }: FactornetError): string {
  return hint !== undefined && message.endsWith(`\n${hint}`) ? message.slice(0, -hint.length - 1) : message;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
