import type { RandomStream } from '@factornet/core/training';
import type { Json } from '../damage';

/** What JSON of a stranger may hold where a reader expects something else. */
const VALUES: readonly Json[] = [
  ...[
    null,
    true,
    false,
    0,
    1,
    -1,
    2,
    0.5,
    3,
    16,
    1e9,
    1e15,
    -1e9,
    1e-9,
    4.5,
    65_536,
    65_537,
    2 ** 31,
    2 ** 53,
  ],
  ...[
    '',
    'x',
    '__proto__',
    'constructor',
    'toString',
    '../x',
    'https://evil.example/',
    '\u001b[2J',
    'float16',
    'uint8',
  ],
  ...[
    'common.weights.bin',
    'head.model.json',
    'relu',
    'softmax',
    'linear',
    'same',
    'valid',
    '1.0.0',
    '*',
    '^1.0.0',
  ],
  ...[
    'Dense',
    'Conv2D',
    'Flatten',
    'Add',
    'Softmax',
    'Reshape',
    'InputLayer',
    'Activation',
    'MaxPooling2D',
    'LSTM',
  ],
  ...[
    [],
    {},
    [null],
    [[]],
    { a: 1 },
    [1, 1],
    [2, 2],
    [
      [1, 1],
      [1, 1],
    ],
    ['features', 0, 0],
  ],
  'x'.repeat(10_000),
];

const KEYS = [
  'name',
  'units',
  'kernelSize',
  'kernel_size',
  'model_config',
  'scripts',
  'path',
  'quantization',
  'activation',
  ...['constructor', 'toString', '__proto__', 'hasOwnProperty', 'length'],
];

interface Place {
  readonly parent: Json;
  readonly key: string | number;
}

/** Changes one place of a JSON value, any of them as likely as any other. */
export function mutateJson(root: Json, stream: RandomStream): void {
  const places = placesIn(root);
  const pick = <T>(list: readonly T[]): T => list[stream.integer(list.length)] as T;
  const { parent, key } = pick(places);
  const other = pick(places);
  const actions: (() => void)[] = [
    () => (parent[key] = structuredClone(pick(VALUES))),
    () => (parent[key] = structuredClone(pick(VALUES))),
    () => (parent[key] = structuredClone(other.parent[other.key])),
    () => (Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]),
    () => {
      const copy = structuredClone(parent[key]);
      if (Array.isArray(parent)) parent.push(copy);
      else parent[pick(KEYS)] = copy;
    },
    () => {
      if (Array.isArray(parent)) return parent.reverse();
      parent[pick(KEYS)] = structuredClone(pick(VALUES));
    },
    () => nudge(parent, key, stream),
    () => nudge(parent, key, stream),
  ];
  pick(actions)();
}

/** Numbers by one or a factor, flags to their opposite, text by one letter: what slips through checks of kind. */
function nudge(parent: Json, key: string | number, stream: RandomStream): void {
  const value = parent[key];
  if (typeof value === 'number')
    parent[key] = [value + 1, value - 1, value * 2, -value, value + 1e-6][stream.integer(5)];
  else if (typeof value === 'boolean') parent[key] = !value;
  else if (typeof value === 'string' && value !== '') {
    const at = stream.integer(value.length);
    const letter = String.fromCharCode(32 + stream.integer(95));
    parent[key] = value.slice(0, at) + letter + value.slice(at + stream.integer(2));
  } else parent[key] = structuredClone(VALUES[stream.integer(VALUES.length)]);
}

function placesIn(value: Json, places: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return places;
  for (const key of Object.keys(value)) {
    places.push({ parent: value, key });
    placesIn(value[key], places);
  }
  return places;
}
