// Knowledge on a real registry, from publishing to the refusal of a mixed installation.
//   pnpm --filter @factornet/example-registry start [--keep]
import { parseArgs } from 'node:util';
import { tellStory } from './story';
import { Transcript } from './transcript';

const { keep } = parseArgs({ options: { keep: { type: 'boolean', default: false } } }).values;
await tellStory({ transcript: new Transcript((line) => process.stdout.write(`${line}\n`)), keep });
