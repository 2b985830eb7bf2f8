import type { CodeOptions, FusionOptions } from '@factornet/core';
import { findCode, findFusion } from '@factornet/core/internal';
import {
  type CommonManifest,
  type FactorManifest,
  type KindOptions,
  PICTURE,
  ShapeMismatchError,
  taskKinds,
} from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import type { PackedModels } from './inspect-models';

type Shape = readonly number[];

/**
 * Checks what models take and give against the manifest: pictures to features and maps; what a factor reads to what its code
 * is made of; what the fusion makes of both to what the task's kind reads, of a classification one number per class.
 *
 * @param source `name@version`, for messages
 * @returns the shapes, for people
 * @throws ShapeMismatchError
 */
export function checkShapes(
  manifest: CommonManifest | FactorManifest,
  models: PackedModels,
  source: string,
  options: CodeOptions & FusionOptions & KindOptions = {},
): string {
  const expected = expectedShapes(manifest, source, options);
  for (const [role, { inputs, outputs }] of Object.entries(expected)) {
    const what = `of the ${role} model of ${source}`;
    const received = models[role]?.inspected;
    checkAll(`The input ${what}`, inputs, received?.inputs ?? []);
    checkAll(`The output ${what}`, outputs, received?.outputs ?? []);
  }
  const text = (shapes: readonly Shape[]) => shapes.map((shape) => `[${shape.join(', ')}]`).join(', ');
  return Object.entries(expected)
    .map(([role, { inputs, outputs }]) => `${role}: ${text(inputs)} → ${text(outputs)}`)
    .join('; ');
}

function expectedShapes(
  manifest: CommonManifest | FactorManifest,
  source: string,
  options: CodeOptions & FusionOptions & KindOptions,
): Readonly<Record<string, { inputs: Shape[]; outputs: Shape[] }>> {
  if (manifest.kind === 'common') {
    const outputs = [manifest.features.shape, ...manifest.maps.map(({ shape }) => shape)];
    return { common: { inputs: [manifest.input.shape], outputs } };
  }
  const { probes, reads, task } = manifest;
  const fusion = findFusion(manifest.fusion, source, options);
  const kind = kindOf(task, options.kinds ?? taskKinds);
  const { length } = manifest.code;
  checkAll(`The code of ${source}`, [[fusion.codeLength(probes.features, length)]], [[length]]);
  const pictures = reads.filter(({ from }) => from === PICTURE).map(({ shape }) => shape);
  checkAll(`What ${source} reads as pictures`, pictures.length ? [probes.input.shape] : [], pictures);
  const code = findCode(manifest.code, source, options);
  return {
    specific: {
      inputs: reads.map(({ shape }) => shape),
      outputs: code.outputLengths(length).map((each) => [each]),
    },
    head: { inputs: [[fusion.headLength(probes.features, length)]], outputs: [kind.outputShape(task)] },
  };
}

function checkAll(what: string, expected: readonly Shape[], received: readonly Shape[]): void {
  if (expected.length !== received.length) {
    // So many, told as the shapes of a list.
    throw new ShapeMismatchError({
      what: `${what}, as a list,`,
      expected: [expected.length],
      received: [received.length],
    });
  }
  expected.forEach((shape, index) => {
    const other = received[index] as Shape;
    if (shape.join() === other.join()) return;
    throw new ShapeMismatchError({ what, expected: [null, ...shape], received: [null, ...other] });
  });
}
