/** What a file of arrays may hold; more is refused before it takes the memory. */
export const ARRAY_LIMITS = {
  /** Bytes of one array of a `.npy` or `.npz` file. */
  bytes: 512 * 2 ** 20,
  /** Bytes of a `.csv` or `.json` file; text takes several times that to read. */
  textBytes: 256 * 2 ** 20,
  /** Bytes of all arrays that are read of one `.npz` file. */
  archiveBytes: 2 ** 30,
  /** Lists and objects within one another in a `.json` file, and all of them: each takes some forty bytes. */
  jsonDepth: 64,
  jsonLists: 2 ** 22,
  /** Numbers in one array, which take eight bytes each. */
  values: 2 ** 25,
  /** Bytes of the text that describes an array in a `.npy` file: NumPy's own limit. */
  headerBytes: 10_000,
  /** Members of a `.npz` file. */
  members: 10_000,
  /** Characters in one line of a `.csv` file. */
  lineCharacters: 2 ** 20,
} as const;
