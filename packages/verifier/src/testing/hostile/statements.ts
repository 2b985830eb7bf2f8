import { both, inFile, inManifest, inTopology, type Json } from '../damage';
import { as, by, hostile } from './hostile-package';
import { float } from './in-model';

/** Models that are not what their manifest says. */
export const statements = [
  ...hostile('ckn', 'shapes', [
    [
      'more features than it gives',
      inManifest((manifest) => {
        manifest.features.shape = [17];
      }),
      as('shape-mismatch', /output of the common model of @scope\/ckn@1\.0\.0 must have the shape .*17\]/i),
    ],
    [
      'larger pictures than it takes',
      inManifest((manifest) => {
        manifest.input.shape = [33, 33, 3];
      }),
      as('shape-mismatch', /input of the common model/i),
      as('incompatible-common', /reads picture \[32,32,3\], and this offers picture \[33,33,3\]/),
    ],
    [
      'two outputs',
      inTopology('common.model.json', (json) => {
        json.modelTopology.config.output_layers.push(['common-flatten', 0, 0]);
      }),
      as('shape-mismatch', /output of the common model of .*as a list/i),
      'taken',
    ],
  ]),
  ...hostile('shape', 'shapes', [
    [
      'heads of another fusion',
      inManifest((manifest) => {
        manifest.fusion.type = 'concatenate';
      }),
      as('shape-mismatch', /input of the head .*32\]/i),
    ],
    [
      'a class more than it tells',
      inManifest((manifest) => {
        manifest.task.classes.push('cube');
      }),
      as('shape-mismatch', /output of the head/i),
    ],
    [
      'a task-specific network without variance',
      both(
        inTopology('specific.model.json', (json) => {
          const { config } = json.modelTopology;
          const others = ({ name }: Json) => !name.startsWith('log-variance');
          config.output_layers = config.output_layers.filter(([name]: string[]) => others({ name }));
          config.layers = config.layers.filter(others);
          json.weightsManifest[0].weights = json.weightsManifest[0].weights.filter(others);
        }),
        // Between the bias of the mean and the statistics of normalization.
        inFile('specific.weights.bin', (bytes) =>
          Buffer.concat([bytes.subarray(0, 4 * 4316), bytes.subarray(4 * (4316 + 256 * 16 + 16))]),
        ),
      ),
      as('shape-mismatch', /output of the specific model .*as a list/i),
      as('shape-mismatch', /Output 2 of the task-specific model/),
    ],
  ]),
  ...hostile('ckn', 'statements', [
    [
      'fewer parameters than it has',
      inManifest((manifest) => {
        manifest.parameters = 10;
      }),
      by('statements', /states 10 parameters, its models have 4324/),
      'taken',
    ],
    [
      'fewer operations than it takes',
      inManifest((manifest) => {
        manifest.multiplyAdds = 0;
      }),
      by('statements', /states 0 multiplyAdds, its models have 16384/),
      'taken',
    ],
    [
      'fewer bits than it says',
      both(
        inTopology('common.model.json', (json) => {
          const { weights } = json.weightsManifest[0];
          weights.find(({ name }: Json) => name === 'features/bias').quantization = { dtype: 'float16' };
        }),
        // Sixteen zeros, in half of the bits.
        inFile('common.weights.bin', (bytes) =>
          Buffer.concat([bytes.subarray(0, 4 * 4308), bytes.subarray(4 * 4316)]),
        ),
      ),
      by('statements', /stores weights as float16, its manifest states float32/),
      'taken',
    ],
    [
      'more bits than it says',
      inManifest((manifest) => {
        manifest.narrowing = { dtype: 'uint8', drift: 0 };
      }),
      by('statements', /stores weights as float32, its manifest states uint8/),
      'taken',
    ],
  ]),
  ...hostile('ckn', 'representation', [
    [
      'other weights than factors were trained with',
      inFile(
        'common.weights.bin',
        float(300, (value) => value + 1),
      ),
      as('integrity', /common-knowledge network of @scope\/ckn@1\.0\.0 is not .*expected sha512/),
      'taken',
    ],
    [
      'the representation of another',
      inManifest((manifest) => {
        manifest.representation = `sha512-${'A'.repeat(86)}==`;
      }),
      as('integrity', /expected sha512-AAAA/),
      as('incompatible-common', /feature space/),
    ],
    [
      'another layer than factors were trained with',
      inTopology('common.model.json', (_, layer) => {
        layer('common-convolution').config.activation = 'linear';
      }),
      as('integrity', /common-knowledge network/),
      'taken',
    ],
  ]),
];
