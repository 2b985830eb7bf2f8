import { type PackageRule, RefusedPackageError } from '@factornet/spec';
import { isPackageName, isVersion } from '@factornet/spec/internal';
import { checkExports } from './check-exports';
import { type PackageJson, printable, type Refuse } from './package-json';

/** Fields that say something and make nobody do anything. */
const DESCRIBING = [
  'name',
  'version',
  'description',
  'keywords',
  'license',
  'author',
  'contributors',
  'repository',
  'homepage',
  'bugs',
  'funding',
  'sideEffects',
  'files',
  'type',
  'main',
  'types',
  'exports',
  'publishConfig',
  'peerDependencies',
  'factornet',
];

/** Of others, the reason why they are refused, where there is a particular one. */
const RUNNING = ['scripts', 'bin', 'directories', 'man', 'gypfile', 'binary', 'config'];
const INSTALLING = /dependenc/i;

/**
 * Checks what npm and bundlers read of a package's description: nothing runs, nothing is installed with it, and it
 * leads to nothing but the generated module. Fields are of a list, since tools give a meaning to many more.
 *
 * @param source file, for messages
 * @throws RefusedPackageError (`scripts`, `dependencies`, `package-json`)
 */
export function checkPackageJson(json: PackageJson, source: string): void {
  const refuse = (rule: PackageRule, found: string): never => {
    throw new RefusedPackageError({ source, rule, found });
  };
  for (const field of Object.keys(json)) {
    if (DESCRIBING.includes(field)) continue;
    if (RUNNING.includes(field)) refuse('scripts', `it has the field "${field}"`);
    if (INSTALLING.test(field)) refuse('dependencies', `it has the field "${printable(field)}"`);
    refuse('package-json', `it has the field "${printable(field)}", which no package of knowledge has`);
  }
  if (!isPackageName(json.name)) refuse('package-json', 'its name is no package name');
  if (!isVersion(json.version)) refuse('package-json', 'its version is no semantic version');
  if (json.type !== 'module') refuse('package-json', 'its type is not "module"');
  checkExports(json, refuse);
  checkPublishing(json, refuse);
}

/** pnpm lets `publishConfig` replace fields, `exports` and `bin` among them, when it packs. */
function checkPublishing({ publishConfig = {} }: PackageJson, refuse: Refuse): void {
  const keys = Object.keys(Object(publishConfig));
  const other = keys.find((key) => !['access', 'registry', 'tag', 'provenance'].includes(key));
  if (other !== undefined) refuse('package-json', `its publishConfig has the field "${printable(other)}"`);
}
