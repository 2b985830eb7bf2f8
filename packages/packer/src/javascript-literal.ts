/** A value of `package.json` as a readonly TypeScript literal type: `readonly ["circle", "square"]`. */
export function literalType(value: unknown): string {
  if (Array.isArray(value)) return `readonly [${value.map(literalType).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([key, field]) => `readonly ${quote(key)}: ${literalType(field)}`,
    );
    return `{ ${fields.join('; ')} }`;
  }
  return quote(value);
}

/** JSON is JavaScript, except that a `"__proto__"` key sets the prototype of an object literal. */
export function literalValue(value: unknown): string {
  return quote(value, 2).replaceAll('"__proto__":', '["__proto__"]:');
}

function quote(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent);
}
