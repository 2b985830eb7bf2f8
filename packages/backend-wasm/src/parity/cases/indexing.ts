import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

const image = () => seededTensor<tf.Rank.R4>([2, 4, 6, 3], 1);
const one = (name: string, compute: (x: tf.Tensor) => tf.Tensor, input = (): tf.Tensor => image()) =>
  gradientCase(name, compute, () => [input()]);

export const indexingCases: ParityCase[] = [
  ...[0, 1, 2, 3].map((axis) =>
    one(`gather along ${axis}`, (x) => tf.gather(x, tf.tensor1d([1, 0, 1, 1], 'int32'), axis)),
  ),
  one('gather by a table', (x) =>
    tf.gather(
      x,
      tf.tensor2d(
        [
          [1, 0],
          [2, 2],
        ],
        [2, 2],
        'int32',
      ),
      1,
    ),
  ),
  one('gather by nothing', (x) => tf.gather(x, tf.tensor1d([], 'int32'), 0)),
  // No gradient: TensorFlow.js leaves batch dimensions out of it, on every backend.
  {
    name: 'gather by batch',
    run: () => [
      tf.gather(
        seededTensor([2, 5, 3], 1),
        tf.tensor2d(
          [
            [1, 0],
            [4, 4],
          ],
          [2, 2],
          'int32',
        ),
        1,
        1,
      ),
    ],
  },
  one('unsortedSegmentSum', (x) => tf.unsortedSegmentSum(x, tf.tensor1d([2, 0], 'int32'), 4)),
  one(
    'unsortedSegmentSum with an index to drop',
    (x) => tf.unsortedSegmentSum(x, tf.tensor1d([2, -1, 0, 2, 2], 'int32'), 3),
    () => seededTensor([5, 7], 1),
  ),
  {
    name: 'gatherND, scatterND, tensorScatterUpdate',
    run: () => {
      const at = tf.tensor2d([[0], [2]], [2, 1], 'int32');
      const rows = seededTensor([2, 3], 2);
      const table = seededTensor([4, 3], 1);
      return [
        tf.gatherND(table, at),
        tf.scatterND(at, rows, [4, 3]),
        tf.tensorScatterUpdate(table, at, rows),
      ];
    },
  },
  {
    name: 'booleanMask, setdiff',
    run: async () => [await tf.booleanMaskAsync(seededTensor([4, 2], 1), tf.tensor1d([1, 0, 1, 1], 'bool'))],
  },
  one('oneHot', (x) => tf.mul(tf.oneHot(tf.argMax(x, 3).flatten(), 3).cast('float32'), x.reshape([-1, 3]))),
  one('oneHot of scores', (x) => tf.oneHot(x.flatten().mul(2).cast('int32'), 4).cast('float32')),
  one('slice', (x) => tf.slice(x, [0, 1, 2, 0], [2, 2, 3, 2])),
  one('slice of one', (x) => tf.slice(x, [1, 3, 5, 2], [1, 1, 1, 1])),
  one('slice 5-D', (x) => tf.slice(x.reshape([2, 2, 2, 6, 3]), [0, 1, 0, 2, 1], [2, 1, 2, 3, 2])),
  one('split', (x) => tf.stack(tf.split(x, 2, 2)).square()),
  one('split unevenly', (x) => tf.concat((tf.split(x, [1, 3, 2], 2) as tf.Tensor[]).reverse(), 2)),
  one('stack and unstack', (x) => tf.stack(tf.unstack(x, 1).reverse(), 2)),
  gradientCase(
    'concat',
    (a: tf.Tensor, b: tf.Tensor) => tf.concat([a, b, a], 1),
    () => [seededTensor([2, 3, 2], 1), seededTensor([2, 1, 2], 2)],
  ),
  gradientCase(
    'concat with nothing',
    (a: tf.Tensor, b: tf.Tensor) => tf.concat([a, b], 1),
    () => [seededTensor([2, 3], 1), seededTensor([2, 0], 2)],
  ),
  one('reverse', (x) => tf.reverse(x, [1, 3])),
  one('transpose', (x) => tf.transpose(x, [3, 0, 2, 1])),
  one('transpose 5-D', (x) => tf.transpose(x.reshape([2, 2, 2, 6, 3]), [4, 1, 0, 3, 2])),
  one('reshape, expandDims, squeeze', (x) => x.reshape([6, 1, 24]).squeeze([1]).expandDims(0)),
  one('tile', (x) => tf.tile(x, [2, 1, 3, 2])),
  one(
    'tile 1-D',
    (x) => tf.tile(x, [3]),
    () => seededTensor([4], 1),
  ),
  one(
    'broadcastTo',
    (x) => tf.broadcastTo(x, [2, 4, 3]),
    () => seededTensor([4, 1], 1),
  ),
  one('pad', (x) =>
    tf.pad(
      x,
      [
        [1, 0],
        [0, 2],
        [1, 1],
        [0, 0],
      ],
      0.5,
    ),
  ),
  one(
    'pad 1-D',
    (x) => tf.pad(x, [[2, 3]]),
    () => seededTensor([4], 1),
  ),
  one('mirrorPad', (x) =>
    tf.mirrorPad(
      x,
      [
        [0, 0],
        [2, 1],
        [1, 3],
        [0, 0],
      ],
      'reflect',
    ),
  ),
  one('mirrorPad, symmetric', (x) =>
    tf.mirrorPad(
      x,
      [
        [1, 0],
        [2, 1],
        [1, 3],
        [0, 1],
      ],
      'symmetric',
    ),
  ),
  one('spaceToBatchND', (x) =>
    tf.spaceToBatchND(
      x,
      [2, 3],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ),
  one('batchToSpaceND', (x) =>
    tf.batchToSpaceND(
      x,
      [1, 2],
      [
        [0, 0],
        [1, 0],
      ],
    ),
  ),
  { name: 'depthToSpace', run: () => [tf.depthToSpace(seededTensor<tf.Rank.R4>([2, 2, 3, 8], 1), 2)] },
  // StridedSlice, ScatterNd, GatherNd, TopK and DepthToSpace have no gradient in TensorFlow.js.
  { name: 'stridedSlice', run: () => [tf.stridedSlice(image(), [0, 0, 5, 0], [2, 4, 0, 3], [1, 2, -2, 1])] },
  one('where by row', (x) => tf.where(tf.greater(seededTensor(x.shape, 8), 0.1), x.mul(2), x.neg())),
  one(
    'meshgrid and diagonals',
    (x) => tf.mul(x, tf.eye(3)),
    () => seededTensor([3, 3], 1),
  ),
];
