import { codesAndMaps } from './codes-and-maps';
import { commons } from './commons';
import { folders } from './folders';
import { generatedModules } from './generated-modules';
import type { HostilePackage } from './hostile-package';
import { manifests } from './manifests';
import { packageJsons } from './package-jsons';
import { probeFiles } from './probe-files';
import { statements } from './statements';
import { topologies } from './topologies';
import { weightFiles } from './weight-files';

/** Ways in which a package is hostile or broken, each on its own. */
export const corpus: readonly HostilePackage[] = [
  ...folders,
  ...packageJsons,
  ...manifests,
  ...generatedModules,
  ...topologies,
  ...weightFiles,
  ...statements,
  ...probeFiles,
  ...commons,
  ...codesAndMaps,
];
