import { Option } from 'commander';

export type Pooling = 'average' | 'flatten';

const poolings: readonly Pooling[] = ['average', 'flatten'];

/** How convolutional backbones end. */
export function poolingOption(): Option {
  return new Option(
    '--pooling <how>',
    'end of a convolutional backbone: flatten keeps positions, which small pictures need; average is smaller',
  )
    .choices(poolings)
    .default('flatten');
}
