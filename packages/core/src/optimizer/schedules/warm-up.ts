import { type Schedule, type Stretch, shareOf } from './schedule';

/**
 * Rises in a straight line, from a little above 0 to where `then` begins; `then` takes the rest of training for the
 * whole.
 *
 * @example
 * warmUp(0.05, cosineSchedule()); // what training does unless told otherwise
 * warmUp({ steps: 500 }, stepSchedule({ at: [0.5, 0.75] }));
 */
export function warmUp(stretch: Stretch, then: Schedule): Schedule {
  return (progress, totalSteps) => {
    const share = Math.min(1, shareOf(stretch, totalSteps));
    const rest = totalSteps * (1 - share);
    return progress < share || share === 1
      ? ((progress + 1e-3) / (share + 1e-3)) * then(0, rest)
      : then((progress - share) / (1 - share), rest);
  };
}
