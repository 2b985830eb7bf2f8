import type { InspectedModel } from '@factornet/core/internal';
import { type CommonManifest, type FactorManifest, RefusedPackageError } from '@factornet/spec';
import type { PackedModels } from './inspect-models';

/**
 * Checks what a manifest states of its models and plans are made by: how many parameters and operations they have, and
 * in how many bits their weights are stored.
 *
 * @param source `name@version`, for messages
 * @throws RefusedPackageError (`statements`)
 */
export function checkStatements(
  { parameters, multiplyAdds, narrowing }: CommonManifest | FactorManifest,
  models: PackedModels,
  source: string,
): void {
  const inspected = Object.values(models).map((model) => model.inspected);
  const sum = (count: (model: InspectedModel) => number) =>
    inspected.reduce((total, model) => total + count(model), 0);
  const counted = {
    parameters: sum((model) => model.parameters),
    multiplyAdds: sum((model) => model.multiplyAdds),
  };
  const refuse = (found: string) => {
    throw new RefusedPackageError({ source, rule: 'statements', found });
  };
  for (const [name, stated] of Object.entries({ parameters, multiplyAdds })) {
    const found = counted[name as keyof typeof counted];
    if (stated !== found) refuse(`its manifest states ${stated} ${name}, its models have ${found}`);
  }
  const kinds = new Set(
    inspected.flatMap(({ weightSpecs }) => weightSpecs.map(({ quantization }) => quantization?.dtype)),
  );
  kinds.delete(undefined);
  // Weights that few bits cannot hold stay as they are, so that of two kinds there may be one.
  const stored = [...kinds].join(' and ') || 'float32';
  const statedKind = narrowing?.dtype ?? 'float32';
  if (stored !== statedKind) refuse(`it stores weights as ${stored}, its manifest states ${statedKind}`);
}
