import { both, inManifest, inPackage, setFields } from '../damage';
import { as, by, hostile } from './hostile-package';
import { inText } from './in-text';

/** Manifests that promise what no package may. */
export const manifests = [
  ...hostile('shape', 'manifest', [
    [
      '450 000 classes, each wrong in its own way',
      inText('package.json', (text) =>
        JSON.stringify(JSON.parse(text)).replace(
          /"classes":\[[^\]]*\]/,
          `"classes":[${'0,'.repeat(449_999)}0]`,
        ),
      ),
      as('invalid-manifest', /task\.classes\.0/),
    ],
    [
      'a range of a hundred thousand letters',
      inManifest((manifest) => {
        manifest.common.range = '1 || '.repeat(20_000);
      }),
      as('invalid-manifest', /common\.range/),
    ],
    ...(
      [
        ['a folder', 'file:../evil'],
        ['an archive of a server', 'https://evil.example/x.tgz'],
        ['a repository', 'git+ssh://git@evil.example/x.git'],
        ['another package', 'npm:evil@1.0.0'],
        ['whatever is newest', 'latest'],
        ['half a range', '1.0.0 /*'],
        ['a path', '1.0.0/../../secret'],
        ['an archive beside it', '1.0.0-x.tgz'],
        ['a version and what a terminal obeys', '1.0.0\u001b[2J'],
      ] as const
    ).map(
      ([what, range]) =>
        [
          `a range that is ${what}`,
          both(
            inManifest((manifest) => {
              manifest.common.range = range;
            }),
            inPackage((json) => {
              json.peerDependencies['@scope/ckn'] = range;
            }),
          ),
          as('invalid-manifest', /common\.range: must be a semver range/),
        ] as const,
    ),
    [
      'a file that npm would not publish',
      inPackage((json) => {
        json.files = json.files.filter((name: string) => name !== 'head.weights.bin');
      }),
      by('package-json', /leave out head\.weights\.bin/),
      'taken',
    ],
    [
      'no manifest',
      setFields({ factornet: undefined }),
      as('invalid-manifest', /expected a manifest, found none/),
    ],
    [
      'a manifest of another kind',
      setFields({ factornet: { spec: 1, kind: 'virus' } }),
      as('invalid-manifest', /kind/),
    ],
    ['a newer specification', setFields({ factornet: { spec: 2 } }), as('newer-spec', /version 2/)],
    [
      'a second peer',
      inPackage((json) => {
        json.peerDependencies.evil = '*';
      }),
      by('dependencies', /a peer dependency besides/),
      'taken',
    ],
    [
      'another range for npm',
      inPackage((json) => {
        json.peerDependencies['@scope/ckn'] = '*';
      }),
      by('peer-range', /not the range \^1\.0\.0 of the manifest/),
      'taken',
    ],
    [
      'no range for npm',
      setFields({ peerDependencies: undefined }),
      by('peer-range', /peer dependency on @scope\/ckn/),
      'taken',
    ],
    [
      'a fusion that nobody knows',
      inManifest((manifest) => {
        manifest.fusion.type = 'hadamard';
      }),
      as('invalid-manifest', /fusion\.type: expected "add" or .*, found "hadamard"/),
    ],
    [
      'weights out of the package',
      inManifest((manifest) => {
        manifest.head.weights.path = '../../secret.bin';
      }),
      as('invalid-manifest', /head\.weights\.path/),
    ],
    [
      'weights of another server',
      inManifest((manifest) => {
        manifest.head.weights.path = 'https://evil.example/w.bin';
      }),
      as('invalid-manifest', /head\.weights\.path/),
    ],
    [
      'weights at the root',
      inManifest((manifest) => {
        manifest.head.weights.path = '/etc/secret.bin';
      }),
      as('invalid-manifest', /head\.weights\.path/),
    ],
    [
      'weights out of the package, on Windows',
      inManifest((manifest) => {
        manifest.head.weights.path = '..\\secret.bin';
      }),
      as('invalid-manifest', /head\.weights\.path/),
    ],
    [
      'weights out of the package, percent-encoded',
      inManifest((manifest) => {
        manifest.head.weights.path = '%2e%2e%2fsecret.bin';
      }),
      as('invalid-manifest', /head\.weights\.path/),
    ],
    [
      'weights with a query',
      inManifest((manifest) => {
        manifest.head.weights.path = 'head.bin?x=.bin';
      }),
      as('invalid-manifest', /head\.weights\.path/),
    ],
    [
      'weights that end early',
      inManifest((manifest) => {
        manifest.head.weights.path = 'head.js\u0000.bin';
      }),
      as('invalid-manifest', /head\.weights\.path/),
    ],
    [
      'weights of 10¹⁵ bytes',
      inManifest((manifest) => {
        manifest.head.weights.bytes = 1e15;
      }),
      as('invalid-manifest', /head\.weights\.bytes/),
    ],
    [
      'weights of −1 bytes',
      inManifest((manifest) => {
        manifest.head.weights.bytes = -1;
      }),
      as('invalid-manifest', /head\.weights\.bytes/),
    ],
    [
      'a digest that collides',
      inManifest((manifest) => {
        manifest.head.weights.integrity = 'md5-1B2M2Y8AsgTpgAmY7PhCfg==';
      }),
      as('invalid-manifest', /head\.weights\.integrity/),
    ],
    [
      'a million probes',
      inManifest((manifest) => {
        manifest.probes.count = 1e6;
      }),
      as('invalid-manifest', /probes\.count/),
    ],
    [
      'features of 10⁹',
      inManifest((manifest) => {
        manifest.probes.features = 1e9;
      }),
      as('invalid-manifest', /probes\.features/),
    ],
    [
      'pictures of 10⁹',
      inManifest((manifest) => {
        manifest.probes.input.shape[0] = 1e9;
      }),
      as('invalid-manifest', /probes\.input\.shape/),
    ],
    [
      'a tolerance for anything',
      inManifest((manifest) => {
        manifest.probes.tolerance.cpu = 1e9;
      }),
      as('invalid-manifest', /probes\.tolerance\.cpu/),
    ],
    [
      'a file for two models',
      inManifest((manifest) => {
        manifest.head.topology.path = manifest.specific.topology.path;
      }),
      as('invalid-manifest', /must not share a file/),
    ],
    [
      'classes of one name',
      inManifest((manifest) => {
        manifest.task.classes[1] = 'circle';
      }),
      as('invalid-manifest', /class names must differ/),
    ],
    [
      'a common-knowledge package of no name',
      inManifest((manifest) => {
        manifest.common.name = '../ckn';
      }),
      as('invalid-manifest', /common\.name/),
    ],
    [
      'a common-knowledge package whose name is an option of npm',
      inManifest((manifest) => {
        manifest.common.name = '-g';
      }),
      as('invalid-manifest', /common\.name/),
    ],
  ]),
  ...hostile('ckn', 'manifest', [
    [
      'the manifest of a teacher',
      setFields({ factornet: { spec: 1, kind: 'teacher' } }),
      as('invalid-manifest', /kind: .*"teacher"/),
    ],
    [
      'a peer of a common-knowledge network',
      setFields({ peerDependencies: { evil: '*' } }),
      by('dependencies', /a peer dependency besides/),
      'taken',
    ],
    [
      'a release before that is no version',
      inManifest((manifest) => {
        manifest.compatibility.representations = [
          { representation: manifest.representation, version: '../../evil', drift: 0 },
        ];
      }),
      as('invalid-manifest', /representations\.0\.version/),
    ],
    [
      'a feature space beyond what it tolerates',
      inManifest((manifest) => {
        manifest.compatibility.representations = [{ representation: manifest.representation, drift: 0.5 }];
      }),
      as('invalid-manifest', /drifted beyond the tolerance/),
    ],
  ]),
  ...hostile('ckn', 'files', [
    [
      'one file for two things',
      inManifest((manifest) => {
        manifest.probes.file = manifest.model.weights;
      }),
      by('file-name', /common\.weights\.bin for two things/),
      'taken',
    ],
    [
      'package.json as a topology',
      both(
        setFields({ files: undefined }),
        inManifest((manifest) => {
          manifest.model.topology.path = 'package.json';
        }),
      ),
      by('file-name', /package\.json for two things/),
      as('integrity', /package\.json is not the file/),
    ],
  ]),
];
