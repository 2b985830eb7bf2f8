import { type PackageJson, printable, type Refuse } from './package-json';

const MODULE = './index.js';
const DECLARATIONS = './index.d.ts';
const DESCRIPTION = './package.json';

/** Checks that every way into a package ends at its generated module, whoever takes it. @throws by `refuse` */
export function checkExports({ main, types, exports }: PackageJson, refuse: Refuse): void {
  if (main !== undefined && main !== MODULE && main !== 'index.js')
    refuse('package-json', 'its main is not ./index.js');
  if (types !== undefined && types !== DECLARATIONS) refuse('package-json', 'its types are not ./index.d.ts');
  if (!isRecord(exports)) refuse('package-json', 'it has no exports');
  for (const [path, target] of Object.entries(exports)) {
    if (path === DESCRIPTION && target === DESCRIPTION) continue;
    if (path === '.' && leadsToModule(target)) continue;
    refuse(
      'package-json',
      `its exports lead from "${printable(path)}" elsewhere than to ./index.js and ./index.d.ts`,
    );
  }
  if (!Object.hasOwn(exports, '.')) refuse('package-json', 'it does not export ./index.js');
  if (!Object.hasOwn(exports, DESCRIPTION)) refuse('package-json', 'it does not export ./package.json');
}

/** `{ types: './index.d.ts', default: './index.js' }`, or less, or under other conditions. */
function leadsToModule(target: unknown): boolean {
  if (!isRecord(target)) return target === MODULE;
  return Object.entries(target).every(
    ([condition, file]) => file === (condition === 'types' ? DECLARATIONS : MODULE),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
