import type { InspectedModel } from '@factornet/core';
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
  const stored = inspected.flatMap(({ weightSpecs }) => weightSpecs.map((spec) => spec.quantization?.dtype));
  const other = stored.find((dtype) => dtype !== undefined && dtype !== narrowing?.dtype);
  if (other !== undefined) {
    refuse(`it stores weights as ${other}, its manifest states ${narrowing?.dtype ?? 'float32'}`);
  }
}
