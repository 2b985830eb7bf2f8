import { inPackage, setFields } from '../damage';
import { by, hostile } from './hostile-package';
import { inText } from './in-text';

/** Generated modules that are not. */
export const generatedModules = [
  ...hostile('shape', 'generated-module', [
    [
      'code in index.js',
      inText('index.js', (text) => `${text}fetch('https://evil.example');\n`),
      by('generated-module', /index\.js .*differs/),
      'taken',
    ],
    [
      'other code in index.js',
      inText('index.js', () => 'process.exit(1);'),
      by('generated-module', /index\.js .*from line 1 on/),
      'taken',
    ],
    [
      'code in the place of a value',
      inText('index.js', (text) => text.replace('"1.0.0"', '(()=>"1.0.0")()')),
      by('generated-module', /index\.js .*from line \d+ on/),
      'taken',
    ],
    [
      'another file in index.js',
      inText('index.js', (text) => text.replace("'./head.weights.bin'", "'../evil.bin'")),
      by('generated-module', /index\.js/),
      'taken',
    ],
    [
      'half an index.js',
      inText('index.js', (text) => text.slice(0, text.length / 2)),
      by('generated-module', /index\.js/),
      'taken',
    ],
    [
      'line ends of Windows',
      inText('index.js', (text) => text.replaceAll('\n', '\r\n')),
      by('generated-module', /index\.js/),
      'taken',
    ],
    [
      'types of its own',
      inText('index.d.ts', (text) => text.replace('"circle"', '"cube"')),
      by('generated-module', /index\.d\.ts/),
      'taken',
    ],
    [
      'imports among the types',
      inText('index.d.ts', (text) => `import 'evil';\n${text}`),
      by('generated-module', /index\.d\.ts .*differs/),
      'taken',
    ],
    [
      'a manifest of which index.js knows nothing',
      inPackage((json) => {
        json.factornet.report.accuracy = 1;
      }),
      by('generated-module', /index\.js .*from line/),
      'taken',
    ],
    [
      'a module for another version',
      setFields({ version: '1.0.1' }),
      by('generated-module', /index\.js .*from line 4 on/),
      'taken',
    ],
  ]),
];
