import { createRequire } from 'node:module';
import { InvalidOptionError } from '@factornet/spec';

/** What a package says about its licence: `license` of `package.json`, and the text of the file `LICENSE`. */
export interface License {
  readonly license: string;
  readonly text: string;
}

export interface LicenseOptions {
  /** SPDX identifier, e.g. `MIT`; with `licenseText`, whatever `package.json` shall say. Default `Apache-2.0`. */
  license?: string;
  /** Text of the `LICENSE` file, where it is not the one that SPDX lists. */
  licenseText?: string;
}

const require = createRequire(import.meta.url);

/**
 * The licence of a package. A text from the SPDX list that has blanks for a copyright notice names the package's authors.
 *
 * Source: https://spdx.org/licenses
 *
 * @throws InvalidOptionError if SPDX does not list the identifier and there is no text
 */
export function resolveLicense(
  { license, licenseText }: LicenseOptions,
  { name }: { name: string },
): License {
  if (licenseText !== undefined) {
    return { license: license ?? 'SEE LICENSE IN LICENSE', text: licenseText };
  }
  const identifier = license ?? 'Apache-2.0';
  if (!(require('spdx-license-list/simple') as Set<string>).has(identifier)) {
    throw new InvalidOptionError(
      { option: 'license', expected: 'an SPDX identifier, e.g. "Apache-2.0" or "MIT"', received: identifier },
      { hint: 'For any other licence give its text (licenseText, --license-file).' },
    );
  }
  const listed = require(`spdx-license-list/licenses/${identifier}.json`) as { licenseText: string };
  const text = listed.licenseText
    .replaceAll(/<year>,? /g, '')
    .replaceAll(/<(?:copyright holders?|owner)>/g, `the authors of ${name}`);
  return { license: identifier, text: `${text.trimEnd()}\n` };
}
