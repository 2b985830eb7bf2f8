/** Names longer than this are refused in packages. */
const LONGEST = 200;

/** Gives out names that differ. */
export interface LayerNames {
  /** This name, or one like it if it is taken. */
  take(wanted: string): string;
}

/** @param reserved names that are taken from the start */
export function layerNames(reserved: readonly string[]): LayerNames {
  const taken = new Set(reserved);
  return {
    take(wanted) {
      const start = wanted.slice(0, LONGEST);
      let name = start;
      for (let count = 2; taken.has(name); count++) {
        const suffix = `-${count}`;
        name = `${start.slice(0, LONGEST - suffix.length)}${suffix}`;
      }
      taken.add(name);
      return name;
    },
  };
}

/** `common/stem/relu` of the model `common` as `<prefix>/stem/relu`. */
export function prefixed(prefix: string, model: string, layer: string): string {
  return `${prefix}/${layer.startsWith(`${model}/`) ? layer.slice(model.length + 1) : layer}`;
}
