/** A sentence on classes that no example has, if there are some. */
export function noteAbsent(task: string, classes: readonly string[]): string[] {
  if (classes.length === 0) return [];
  return [`No example of ${list(classes)} (task "${task}").`];
}

/** `"a", "b" and 3 more` */
export function list(names: readonly string[], most = 8): string {
  const told = names.slice(0, most).map((name) => JSON.stringify(name));
  return told.join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
}
