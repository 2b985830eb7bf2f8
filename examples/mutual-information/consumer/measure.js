// Runs in Node and in a page: nothing but @factornet/mi, @factornet/metrics, @factornet/core and TensorFlow.js.
import { useBackend } from '@factornet/core';
import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { disentanglementMetrics, measureRepresentation } from '@factornet/metrics';
import { estimate, infoNCE, ksg, smile } from '@factornet/mi';

/** y = x + noise, both N(0, 1) before: I(x; y) = log 2 per dimension. */
function noisyCopies(count, dimensions) {
  const stream = randomStream(1, 'noisy-copies');
  const x = Array.from({ length: count }, () => Array.from(stream.normals(dimensions)));
  const y = x.map((row) => row.map((value) => value + stream.normal()));
  return { x, y, truth: (dimensions * Math.log(2)) / 2 };
}

/** Two factors of 3 and 4 values; codes are the factors in the other order, a little noisy, and one useless code. */
function twoFactors(count) {
  const stream = randomStream(1, 'two-factors');
  const factors = Array.from({ length: count }, () => [stream.integer(3), stream.integer(4)]);
  const codes = factors.map(([first, second]) => [
    second + 0.05 * stream.normal(),
    first + 0.05 * stream.normal(),
    stream.normal(),
  ]);
  return { codes: featureMatrix(codes), factors: featureMatrix(factors) };
}

/** @param {'auto' | 'wasm' | 'cpu'} backend */
export async function measureInformation(backend, { steps = 300 } = {}) {
  const { name } = await useBackend(backend);
  const { x, y, truth } = noisyCopies(1500, 2);
  const estimates = {};
  for (const estimator of [infoNCE(), smile({ tau: 5 }), ksg({ k: 3 })]) {
    const { value, standardError, warnings } = await estimate({ x, y }, { estimator, seed: 1, steps });
    estimates[estimator.name] = { value, standardError, warnings: warnings.map(({ code }) => code) };
  }
  return { backend: name, truth, estimates };
}

/** Metrics need no backend. */
export async function measureMetrics() {
  const metrics = disentanglementMetrics();
  const results = await measureRepresentation(twoFactors(600), { metrics, seed: 1 });
  return Object.fromEntries(results.map(({ metric, value }) => [metric, value]));
}
