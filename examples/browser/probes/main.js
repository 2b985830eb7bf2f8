import '../page/wasm-paths.js';
import { useBackend } from '@factornet/core';
import { findCode, findFusion, readPackedModel, readVerified } from '@factornet/core/internal';
import {
  decodeProbes,
  evaluateFeatures,
  evaluateLogits,
  probeDeviation,
  probeLayout,
  toleranceOn,
} from '@factornet/core/probes';
import { parseManifest } from '@factornet/spec';

/** For the test: what became of asking for a backend. */
globalThis.tryBackend = (...asked) => useBackend(...asked).catch(({ name, message }) => ({ name, message }));

/**
 * Runs the golden probes of a package that lies on a server, on one of this browser's backends.
 *
 * @param address of the package folder, with a slash at the end
 */
globalThis.checkProbes = async (address, backend) => {
  await useBackend(backend);
  const { name, factornet } = await (await fetch(new URL('package.json', address))).json();
  const manifest = parseManifest(factornet, address);
  const locate = (file) => new URL(file, address);
  const load = (files) => readPackedModel(files, locate, address);
  const { file, tolerance } = manifest.probes;
  const probes = decodeProbes(await readVerified(file, locate), probeLayout(manifest), address);
  const models =
    manifest.kind === 'common'
      ? { network: await load(manifest.model) }
      : { specific: await load(manifest.specific), head: await load(manifest.head) };
  try {
    const received =
      manifest.kind === 'common'
        ? await evaluateFeatures(models.network, manifest.input, probes.pictures)
        : await evaluateLogits(
            {
              ...models,
              description: manifest,
              code: findCode(manifest.code, address),
              fusion: findFusion(manifest.fusion, address),
            },
            manifest.probes.input,
            probes.pictures,
            probes.features,
          );
    const expected = manifest.kind === 'common' ? probes.features : probes.logits;
    return {
      name,
      deviation: probeDeviation(expected, received),
      tolerance: toleranceOn(backend, tolerance),
    };
  } finally {
    for (const model of Object.values(models)) model.dispose();
  }
};
