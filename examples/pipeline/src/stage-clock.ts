/** Announces stages on the terminal and remembers how long each took. */
export class StageClock {
  readonly #seconds: Record<string, number> = {};

  get seconds(): Readonly<Record<string, number>> {
    return this.#seconds;
  }

  async run<T>(stage: string, what: string, body: () => Promise<T>): Promise<T> {
    process.stderr.write(`\n${what}\n`);
    const startedAt = performance.now();
    try {
      return await body();
    } finally {
      this.#seconds[stage] = Math.round((performance.now() - startedAt) / 100) / 10;
    }
  }
}
