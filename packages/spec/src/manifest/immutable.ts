/** Deeply readonly, as generated declarations are. Pairs and triples keep their length. */
export type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;
