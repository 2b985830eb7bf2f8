import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingFileError } from '@factornet/spec';

const layout = [
  'CIFAR-10 is not part of this repository. Get it as JPEG or PNG pictures in one folder per class, as tar',
  'files or unpacked, and pass the folder that holds both parts with --data:',
  '  PATH/train.tar or PATH/train/<class>/<picture>.jpg   (50,000 pictures in 10 class folders)',
  '  PATH/test.tar  or PATH/test/<class>/<picture>.jpg    (10,000)',
  'The original archives (https://www.cs.toronto.edu/~kriz/cifar.html) hold raw arrays; several public',
  'mirrors carry them as pictures in this layout.',
].join('\n');

/** The folder or tar file of one part. @throws MissingFileError that says what layout is read */
export async function findPart(data: string, part: 'train' | 'test'): Promise<string> {
  for (const name of [part, `${part}.tar`, `${part}.tar.gz`]) {
    const path = join(data, name);
    if (await exists(path)) return path;
  }
  throw new MissingFileError({ path: join(data, part) }, { hint: layout });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
