import { inspectModel } from '@factornet/core/internal';
import { encodeModel } from '@factornet/core/training';
import type { io, LayersModel } from '@tensorflow/tfjs';
import type { GraphLayer, GraphWeight, ModelGraph } from './model-graph';
import { inputLayer } from './new-layers';

/** What `model.json` says of a layer. After {@link inspectModel} this is what it is. */
interface LayerJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly inbound_nodes: readonly (readonly (readonly [from: string])[])[];
}

/**
 * Reads a model as plain data. Its layers have to be those that packages may hold.
 *
 * @param source for messages
 * @throws RefusedPackageError for any other layer, a layer that is called twice, or a model within the model
 */
export async function readGraph(model: LayersModel, source: string): Promise<ModelGraph> {
  const bytes = await encodeModel(model, 'weights.bin');
  const { modelTopology, weightSpecs } = inspectModel(bytes, source);
  const weights = readWeights(weightSpecs, bytes.weights);
  const { class_name: className, config } = modelTopology as { class_name: string; config: object };
  const described = className === 'Sequential' ? chain(config) : graph(config);
  return {
    ...described,
    layers: new Map(
      described.layers.map((layer) => [layer.name, { ...layer, weights: weights.get(layer.name) ?? {} }]),
    ),
  };
}

type Described = Omit<ModelGraph, 'layers'> & { readonly layers: readonly Omit<GraphLayer, 'weights'>[] };

function graph(config: object): Described {
  const { layers, input_layers, output_layers } = config as {
    layers: readonly LayerJson[];
    input_layers: readonly (readonly [string])[];
    output_layers: readonly (readonly [string])[];
  };
  return {
    layers: layers.map((layer) => ({
      name: layer.config.name,
      className: layer.class_name,
      config: layer.config,
      from: (layer.inbound_nodes[0] ?? []).map(([from]) => from),
    })),
    inputs: input_layers.map(([name]) => name),
    outputs: output_layers.map(([name]) => name),
  };
}

/** A Sequential whose first layer may declare the input's shape itself. */
function chain(config: object): Described {
  const { layers } = config as { layers: readonly LayerJson[] };
  const first = layers[0] as LayerJson;
  const declared =
    first.class_name === 'InputLayer'
      ? []
      : [inputLayer(`${first.config.name}/input`, first.config.batch_input_shape as (number | null)[])];
  const all = [
    ...declared,
    ...layers.map(({ class_name: className, config: { batch_input_shape: _, ...rest }, config }) => ({
      name: config.name,
      className,
      config: className === 'InputLayer' ? config : rest,
    })),
  ];
  const chained = all.map((layer, index) => ({
    ...layer,
    from: all.slice(index - 1, index).map(({ name }) => name),
  }));
  return {
    layers: chained,
    inputs: [(all[0] as { name: string }).name],
    outputs: [(all.at(-1) as { name: string }).name],
  };
}

/** By layer, then by name. The weights of a model in memory are float32, one behind the other. */
function readWeights(
  specs: readonly io.WeightsManifestEntry[],
  { buffer, byteOffset }: Uint8Array<ArrayBuffer>,
): Map<string, Record<string, GraphWeight>> {
  const byLayer = new Map<string, Record<string, GraphWeight>>();
  let start = byteOffset;
  for (const { name, shape } of specs) {
    const end = start + 4 * shape.reduce((size, axis) => size * axis, 1);
    const slash = name.lastIndexOf('/');
    const layer = name.slice(0, slash);
    const weight = { shape, values: new Float32Array(buffer.slice(start, end)) };
    byLayer.set(layer, { ...byLayer.get(layer), [name.slice(slash + 1)]: weight });
    start = end;
  }
  return byLayer;
}
