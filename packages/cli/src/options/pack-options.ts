import { type Command, Option } from 'commander';
import { packageHelp, registryOption } from './package-options';
import { integer, positive } from './parsers';

/** What `factornet pack` is given, and `factornet publish` for what is not packed yet. */
export interface PackFlags {
  readonly name: string;
  readonly out: string;
  readonly scope?: string;
  readonly version?: string;
  readonly previous?: string;
  readonly commonRange?: string;
  readonly commonPackage?: string;
  readonly dtype: 'float32' | 'float16' | 'uint8';
  readonly tolerance?: number;
  readonly probes?: string;
  readonly data?: string;
  readonly taskName?: string;
  readonly limit?: number;
  readonly license?: string;
  readonly licenseFile?: string;
  readonly repository?: string;
  readonly description?: string;
  readonly author?: string;
  readonly force: boolean;
  readonly registry?: string;
  readonly seed: number;
}

/** How weights are stored; `factornet version` measures what would be published, so it asks as well. */
export function dtypeOption(): Option {
  return new Option('--dtype <type>', 'how weights are stored')
    .choices(['float32', 'float16', 'uint8'])
    .default('float32');
}

export function toleranceOption(): Option {
  return new Option(
    '--tolerance <share>',
    "relative drift of the features up to which factors go on working (default: the previous release's, or 0.02)",
  ).argParser(positive());
}

/** Adds the options of packing to a command. */
export function addPackOptions(command: Command, { required }: { required: boolean }): Command {
  const asked = (flags: string, description: string) =>
    command.addOption(new Option(flags, description).makeOptionMandatory(required));
  asked('--name <name>', 'packages are named NAME-common and NAME-<task>');
  asked('--out <dir>', 'where package folders and tarballs/ are written');
  return command
    .option('--scope <scope>', 'npm scope, e.g. @me')
    .option(
      '--version <version>',
      'version of every package, or auto with --previous (default: 1.0.0, or auto with --previous)',
    )
    .option('--previous <package>', 'the common package published before, by which the version is measured')
    .option('--common-range <range>', 'common-network versions that factors work with (default: its major)')
    .option('--common-package <package>', 'for the folder of one factor: the common package it was made for')
    .addOption(dtypeOption())
    .addOption(toleranceOption())
    .option(
      '--probes <spec>',
      'data of which 8 pictures of all classes become golden probes (default: synthetic ones)',
    )
    .option('--data <spec>', 'labelled pictures to measure what --dtype costs in accuracy')
    .option('--task-name <name>', "the task of an image folder's classes (default: class)")
    .option('--limit <count>', 'use only so many examples of --data, each class in proportion', integer(1))
    .option('--license <id>', 'SPDX identifier; its text becomes LICENSE (default: Apache-2.0)')
    .option('--license-file <file>', 'text of LICENSE, for any other licence')
    .option(
      '--repository <url>',
      'where the code lies, as github:me/models or a URL; --provenance of publish needs it',
    )
    .option('--description <text>', 'one sentence on the packages (default: what each is)')
    .option('--author <name>', 'as npm knows authors: "Name <mail> (page)"')
    .addOption(registryOption())
    .addHelpText('after', packageHelp)
    .option('--force', 'write packages above 50 MB and dead factors, too', false);
}
