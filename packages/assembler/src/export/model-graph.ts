/** One weight of a layer. */
export interface GraphWeight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** One layer of a model as plain data. */
export interface GraphLayer {
  readonly name: string;
  readonly className: string;
  /** As `model.json` has it: keys in snake_case. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers it reads from. */
  readonly from: readonly string[];
  /** By name, e.g. `kernel`. */
  readonly weights: Readonly<Record<string, GraphWeight>>;
}

/** A Layers model as plain data: layers that are called once, with one output each. */
export interface ModelGraph {
  /** By name; a layer may come before those it reads from. */
  readonly layers: ReadonlyMap<string, GraphLayer>;
  /** The layers that pictures, maps or codes come in by, in the model's order. */
  readonly inputs: readonly string[];
  /** Layers whose outputs are the model's, in this order. */
  readonly outputs: readonly string[];
}

/** How many read from each layer; the model's own outputs count. */
export function countReaders({ layers, outputs }: ModelGraph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of [...outputs, ...[...layers.values()].flatMap(({ from }) => from)]) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The graph with some layers in place of those of the same names. */
export function replaceLayers(graph: ModelGraph, ...changed: readonly GraphLayer[]): ModelGraph {
  const layers = new Map(graph.layers);
  for (const layer of changed) layers.set(layer.name, layer);
  return { ...graph, layers };
}

/** The graph without a layer of one input: whatever read from it reads from that input. */
export function bypassLayer(graph: ModelGraph, { name, from: [source] }: GraphLayer): ModelGraph {
  const reroute = (each: string) => (each === name ? (source as string) : each);
  const layers = new Map<string, GraphLayer>();
  for (const layer of graph.layers.values()) {
    if (layer.name !== name) layers.set(layer.name, { ...layer, from: layer.from.map(reroute) });
  }
  return { ...graph, layers, outputs: graph.outputs.map(reroute) };
}

/** The graph under other layer names. */
export function renameLayers(graph: ModelGraph, rename: (name: string) => string): ModelGraph {
  const layers = [...graph.layers.values()].map((layer) => {
    const name = rename(layer.name);
    return [
      name,
      { ...layer, name, config: { ...layer.config, name }, from: layer.from.map(rename) },
    ] as const;
  });
  return { layers: new Map(layers), inputs: graph.inputs.map(rename), outputs: graph.outputs.map(rename) };
}

/** The graph with these outputs alone, and only the layers that they need. */
export function keepOutputs(graph: ModelGraph, outputs: readonly string[]): ModelGraph {
  const needed = new Set(graph.inputs);
  const waiting = [...outputs];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    waiting.push(...layerOf(graph, name).from);
  }
  const layers = new Map([...graph.layers].filter(([name]) => needed.has(name)));
  return { ...graph, layers, outputs };
}

export function layerOf({ layers }: ModelGraph, name: string): GraphLayer {
  return layers.get(name) as GraphLayer;
}
