import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { addCompositionOptions, packageArgument } from '../../options/composition-flags';
import { helpExample } from '../../options/help-example';
import { integer } from '../../options/parsers';

export function define(program: Command, context: Context): void {
  addCompositionOptions(
    program
      .command('predict')
      .description('tell what is on pictures, with every factor that is given')
      .argument('<package...>', packageArgument)
      .requiredOption('--image <file...>', 'JPEG or PNG pictures, or folders of them'),
  )
    .option('--top <count>', 'tell so many of the most probable classes (default: 1)', integer(1))
    .option('--resize', "cut and scale pictures to the network's input size", false)
    .addHelpText(
      'after',
      helpExample(
        'factornet predict @me/shapes-common @me/shapes-shape --image picture.png --resize',
        'factornet predict @me/shapes-common @me/shapes-shape --image pictures --top 3',
        'factornet predict @me/things-animals @me/things-vehicles --joint things --image picture.png',
      ),
    )
    .action(async (packages: string[], _options: unknown, command: Command) => {
      const { predictPictures } = await import('./predict-pictures');
      await perform(context, command, predictPictures.bind(undefined, packages));
    });
}
