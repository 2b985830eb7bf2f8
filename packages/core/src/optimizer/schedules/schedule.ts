/**
 * Factor on the learning rate, from 0, as a function of progress in [0, 1]: completed steps over all steps. A function of
 * nothing else, so that a run that was stopped goes on as if it had not been.
 */
export type Schedule = (progress: number, totalSteps: number) => number;

/** A part of training: a share of it, or a number of steps. */
export type Stretch = number | { readonly steps: number };

export function shareOf(stretch: Stretch, totalSteps: number): number {
  return typeof stretch === 'number' ? stretch : stretch.steps / totalSteps;
}
