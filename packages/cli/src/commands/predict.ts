import type { Command } from 'commander';
import { type Context, perform } from '../context';
import { helpExample } from './help-example';

export function definePredict(program: Command, context: Context): void {
  program
    .command('predict')
    .description('tell what is on pictures, with every factor that is given')
    .argument('<package...>', 'package folders or installed names: one common network and its factors')
    .requiredOption('--image <file...>', 'JPEG or PNG pictures')
    .option('--resize', "cut and scale pictures to the network's input size", false)
    .addHelpText(
      'after',
      helpExample('factornet predict @me/shapes-common @me/shapes-shape --image picture.png --resize'),
    )
    .action(async (packages: string[], _options: unknown, command: Command) => {
      const { predictPictures } = await import('../actions/predict-pictures');
      await perform(context, command, predictPictures.bind(undefined, packages));
    });
}
