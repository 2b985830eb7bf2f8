// Assembles installed packages by their names, without running any of their code:
//   node by-name.mjs <logits.json> <common package> <factor package…>
import { writeFile } from 'node:fs/promises';
import { assemble } from '@factornet/assembler';
import { predictPictures } from './predict-pictures.mjs';

const [file, common, ...factors] = process.argv.slice(2);
try {
  const network = await assemble(common, factors);
  await writeFile(file, JSON.stringify(await predictPictures(network)));
} catch (error) {
  console.error(`${error.name}: ${error.message}`);
  process.exit(1);
}
