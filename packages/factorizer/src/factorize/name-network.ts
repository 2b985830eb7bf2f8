import type { ProgressEvent } from '../training/progress';
import type { TrainingOptions } from './training-options';

/** The options of one of several trainings, whose steps and epochs say which network they are of. */
export function nameNetwork<Options extends TrainingOptions>(options: Options, network: string): Options {
  const { onProgress } = options;
  if (onProgress === undefined) return options;
  const named = (event: ProgressEvent) =>
    onProgress(event.type === 'step' || event.type === 'epoch' ? { ...event, network } : event);
  return { ...options, onProgress: named };
}
