import { createProgressReporter } from '@factornet/cli';
import { withRunFolder } from '@factornet/core/node';
import { type TrainTeacherIntoOptions, trainTeacherInto } from '@factornet/factorizer/node';

/** Trains a teacher for an example, measures it on the test set and writes its folder, in place of an earlier one. */
export async function trainExampleTeacher(
  directory: string,
  options: Omit<TrainTeacherIntoOptions, 'onProgress'>,
): Promise<void> {
  const { onProgress, stop } = createProgressReporter();
  try {
    const { manifest } = await withRunFolder(directory, { force: true }, () =>
      trainTeacherInto(directory, { ...options, onProgress }),
    );
    stop();
    process.stdout.write(`${JSON.stringify(manifest.accuracy)}\n`);
  } finally {
    stop();
  }
}
