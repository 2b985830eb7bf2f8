/** A fenced block of a Markdown file. */
export interface CodeBlock {
  readonly language: string;
  /** Of its opening fence, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
  /** What the comment directly above it declares, `<!-- ts: declare const images: Tensor4D; -->`. */
  readonly context: readonly string[];
}

/** The fenced blocks of a Markdown file, in order. */
export function codeBlocksOf(markdown: string): CodeBlock[] {
  const lines = markdown.split('\n');
  const blocks: CodeBlock[] = [];
  for (let index = 0; index < lines.length; index++) {
    const language = /^```(\w*)/.exec(lines[index] as string)?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', index + 1);
    if (end < 0) throw new Error(`The block in line ${index + 1} has no end.`);
    blocks.push({
      language,
      line: index + 1,
      lines: lines.slice(index + 1, end),
      context: contextAbove(lines, index),
    });
    index = end;
  }
  return blocks;
}

function contextAbove(lines: readonly string[], fence: number): string[] {
  if (!lines[fence - 1]?.endsWith('-->')) return [];
  const start = lines.findLastIndex((line, index) => index < fence && line.startsWith('<!--'));
  const comment = lines.slice(start, fence).join('\n');
  return /^<!-- ts:\s(.*)-->$/s.exec(comment)?.[1]?.trimEnd().split('\n') ?? [];
}

/** A block as a module of its own, in which each line stands where it stands in its file. */
export function moduleOf({ line, lines, context }: CodeBlock): string {
  const above = Array.from({ length: line - context.length }, () => '');
  // A module also where nothing is imported: its names are its own, and it may await.
  return [...above.slice(0, -1), ...context, '', ...lines, 'export {};', ''].join('\n');
}
