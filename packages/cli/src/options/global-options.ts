/** Options that every command has. */
export interface GlobalOptions {
  readonly backend: string;
  readonly seed: number;
  readonly json: boolean;
  readonly verbose: boolean;
}
