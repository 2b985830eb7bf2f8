// Assembles imported packages, as bundlers need it: node by-import.mjs <logits.json>
import { writeFile } from 'node:fs/promises';
import { assemble } from '@factornet/assembler';
import common from '@knowledge/shapes-common';
import objectHue from '@knowledge/shapes-object-hue';
import shape from '@knowledge/shapes-shape';
import size from '@knowledge/shapes-size';
import { predictPictures } from './predict-pictures.mjs';

const network = await assemble(common, [shape, objectHue, size]);
await writeFile(process.argv[2], JSON.stringify(await predictPictures(network)));
