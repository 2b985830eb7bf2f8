import { io, type LayersModel, loadLayersModel } from '@tensorflow/tfjs';
import type { GraphLayer, ModelGraph } from './model-graph';

/**
 * Makes a Layers model of plain data, with names of layers as they are; the caller disposes of it.
 *
 * @param name of the model
 */
export async function makeModel(graph: ModelGraph, name: string): Promise<LayersModel> {
  const layers = [...graph.layers.values()];
  const end = (layer: string) => [layer, 0, 0];
  const modelTopology = {
    class_name: 'Model',
    config: {
      name,
      layers: layers.map(nodeOf),
      input_layers: graph.inputs.map(end),
      output_layers: graph.outputs.map(end),
    },
    keras_version: 'tfjs-layers',
    backend: 'tensor_flow.js',
  };
  const weights = layers.flatMap((layer) =>
    Object.entries(layer.weights).map(([weight, { shape, values }]) => ({
      spec: { name: `${layer.name}/${weight}`, shape: [...shape], dtype: 'float32' as const },
      values,
    })),
  );
  const weightData = await new Blob(
    weights.map(({ values }) => values as Float32Array<ArrayBuffer>),
  ).arrayBuffer();
  return loadLayersModel(
    io.fromMemory({ modelTopology, weightSpecs: weights.map(({ spec }) => spec), weightData }),
  );
}

function nodeOf({ name, className, config, from }: GraphLayer) {
  return {
    name,
    class_name: className,
    config,
    inbound_nodes: from.length === 0 ? [] : [from.map((source) => [source, 0, 0, {}])],
  };
}
