/** What a network is taught by, besides labels. */
export interface Distillation {
  /** Weight of the teacher's answers beside the labels. Default 0.1, as in `transfer`. */
  transferWeight?: number;
  /** T of outputs that are logits. Default 2. */
  temperature?: number;
}

export const distillationDefaults = { transferWeight: 0.1, temperature: 2 } as const;
