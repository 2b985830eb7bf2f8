import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { addCompositionOptions, packageArgument } from '../../options/composition-flags';
import { helpExample } from '../../options/help-example';
import { dtypeOption } from '../../options/pack-options';

export function define(program: Command, context: Context): void {
  addCompositionOptions(
    program
      .command('export')
      .description('write an assembly as one model that TensorFlow.js opens without factornet')
      .argument('<package...>', packageArgument)
      .requiredOption('--out <dir>', 'where model.json, its weights and outputs.json are written'),
  )
    .option('--probabilities', 'put out probabilities in place of logits', false)
    .addOption(dtypeOption())
    .addHelpText(
      'after',
      helpExample(
        'factornet export packages/shapes-* --out exported',
        'factornet export @me/shapes-common @me/shapes-size --out exported --dtype float16 --probabilities',
      ),
    )
    .action(async (packages: string[], _options: unknown, command: Command) => {
      const { exportPackages } = await import('./export-packages');
      await perform(context, command, exportPackages.bind(undefined, packages));
    });
}
