/** What a network is taught by, as `commonDistillation` teaches a common network. */
export interface Distillation {
  /** Of the teacher's answers, beside 1 for the labels. Default 1. */
  transferWeight?: number;
  /** T that the teacher's logits are divided by. Default 10. */
  temperature?: number;
  /** Whether tasks count the more, the more they still get wrong: see `balanceTasks`. Default true. */
  balanced?: boolean;
}

export const distillationDefaults = { transferWeight: 1, temperature: 10, balanced: true } as const;
