/** `[32, 32, 3]`, with `*` for any size. */
export function shape(dimensions: readonly (number | null)[]): string {
  return `[${dimensions.map((dimension) => dimension ?? '*').join(', ')}]`;
}

/** `"a", "b" and 7 more`: enough to recognise a typing mistake, never a screenful. */
export function list(names: readonly string[], most = 12): string {
  if (names.length === 0) return '(none)';
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** A received value, cut to a readable length. */
export function display(value: unknown): string {
  const text = typeof value === 'string' || isData(value) ? stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** Arrays and plain objects; their `String()` says nothing, or throws where there is no prototype. */
function isData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
