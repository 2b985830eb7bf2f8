import { LIMITS } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { inferTopology } from './infer-topology';

/** A graph of layers, as `model.json` has it. */
function graph(shape: readonly number[]) {
  const layers: object[] = [];
  let count = 0;
  const add = (className: string, config: object, ...from: readonly string[]): string => {
    const name = `layer-${count++}`;
    const nodes = from.length === 0 ? [] : [from.map((source) => [source, 0, 0, {}])];
    layers.push({ class_name: className, name, config: { name, ...config }, inbound_nodes: nodes });
    return name;
  };
  const input = add('InputLayer', { batch_input_shape: [null, ...shape] });
  const infer = (...outputs: readonly string[]) =>
    inferTopology({
      class_name: 'Model',
      config: {
        name: 'model',
        layers,
        input_layers: [[input, 0, 0]],
        output_layers: outputs.map((name) => [name, 0, 0]),
      },
    });
  return { add, input, infer };
}

type Graph = ReturnType<typeof graph>;

/** A convolution, batch normalization and an activation, each a layer of its own. */
function block({ add }: Graph, from: string, config: object, activation: string | undefined): string {
  const isDepthwise = !('filters' in config);
  const convolution = add(isDepthwise ? 'DepthwiseConv2D' : 'Conv2D', { padding: 'same', ...config }, from);
  const normalized = add('BatchNormalization', {}, convolution);
  return activation === undefined ? normalized : add('Activation', { activation }, normalized);
}

function resNet50(side: number, activation: string) {
  const network = graph([side, side, 3]);
  let at = block(network, network.input, { filters: 64, kernel_size: 7, strides: 2 }, activation);
  at = network.add('MaxPooling2D', { pool_size: [3, 3], strides: [2, 2], padding: 'same' }, at);
  for (const [stage, repeats] of [3, 4, 6, 3].entries()) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const strides = stage > 0 && repeat === 0 ? 2 : 1;
      const filters = 64 * 2 ** stage;
      const straight =
        repeat > 0 ? at : block(network, at, { filters: 4 * filters, kernel_size: 1, strides }, undefined);
      let bent = block(network, at, { filters, kernel_size: 1, strides }, activation);
      bent = block(network, bent, { filters, kernel_size: 3 }, activation);
      bent = block(network, bent, { filters: 4 * filters, kernel_size: 1 }, undefined);
      at = network.add('Activation', { activation }, network.add('Add', {}, straight, bent));
    }
  }
  return network.infer(network.add('GlobalAveragePooling2D', {}, at));
}

/** Expansion, channels, repeats and stride of each stage. Source: https://arxiv.org/abs/1801.04381, table 2 */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

function mobileNetV2(side: number, activation: string) {
  const network = graph([side, side, 3]);
  let at = block(network, network.input, { filters: 32, kernel_size: 3, strides: 2 }, activation);
  let channels = 32;
  for (const [expansion, filters, repeats, stride] of STAGES) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const strides = repeat === 0 ? stride : 1;
      let bent = at;
      if (expansion > 1) {
        bent = block(network, bent, { filters: expansion * channels, kernel_size: 1 }, activation);
      }
      bent = block(network, bent, { kernel_size: 3, strides }, activation);
      bent = block(network, bent, { filters, kernel_size: 1 }, undefined);
      at = repeat > 0 ? network.add('Add', {}, at, bent) : bent;
      channels = filters;
    }
  }
  return network.infer(network.add('GlobalAveragePooling2D', {}, at));
}

describe('networks that are in use', () => {
  it.each([
    ['ResNet-50', resNet50, 'relu'],
    ['ResNet-50', resNet50, 'mish'],
    ['MobileNetV2', mobileNetV2, 'relu6'],
    ['MobileNetV2', mobileNetV2, 'swish'],
  ])('%s at 224² keeps within the limits, with 16 golden probes, with %3$s', (_, network, activation) => {
    const { operations } = network(224, activation);
    expect(16 * operations).toBeLessThan(LIMITS.probeOperations);
  });

  it('have the operations that are published of them', () => {
    // 3.8 and 0.3 billion, the last layer included. Sources: https://arxiv.org/abs/1512.03385, https://arxiv.org/abs/1801.04381
    expect(resNet50(224, 'relu').multiplyAdds / 1e9).toBeCloseTo(3.86, 1);
    expect(mobileNetV2(224, 'relu6').multiplyAdds / 1e9).toBeCloseTo(0.28, 2);
  });

  it('keep within them at 512², too', () => {
    expect(() => [resNet50(512, 'relu'), mobileNetV2(512, 'relu6')]).not.toThrow();
  });
});

describe('values that are held at once', () => {
  const side = 4096;

  it.each([8, 24, 2040])('%i layers side by side of 4096² are refused', (count) => {
    const { add, input, infer } = graph([side, side, 1]);
    const branches = Array.from({ length: count }, () => add('Activation', { activation: 'relu' }, input));
    expect(() => infer(add('Add', {}, ...branches))).toThrow(/holds \d+ values at once/);
    // Whether they are joined or come out.
    expect(() => infer(...branches)).toThrow(/holds \d+ values at once|nothing depends/);
  });

  it('a hundred layers one behind the other are held one at a time', () => {
    const { add, input, infer } = graph([side, side, 1]);
    let at = input;
    for (let layer = 0; layer < 100; layer++) at = add('Activation', { activation: 'relu' }, at);
    expect(() => infer(at)).not.toThrow();
  });

  it('what a later layer reads again is held until then', () => {
    const { add, input, infer } = graph([side, side, 1]);
    const kept: string[] = [input];
    for (let layer = 0; layer < 8; layer++) {
      kept.push(add('Activation', { activation: 'relu' }, kept.at(-1) as string));
    }
    expect(() => infer(add('Add', {}, ...kept))).toThrow(/holds \d+ values at once/);
  });

  it('a layer that reads another twice does not make room', () => {
    const { add, input, infer } = graph([side, side, 1]);
    let at = input;
    for (let layer = 0; layer < 9; layer++) at = add('Add', {}, at, at);
    expect(() => infer(at)).toThrow(/holds \d+ values at once/);
  });
});

describe('operations', () => {
  const ten = (activation: string) => {
    const { add, input, infer } = graph([4096, 4096, 1]);
    let at = input;
    for (let layer = 0; layer < 10; layer++) at = add('Activation', { activation }, at);
    return infer(at);
  };

  it('of ten mish over 16.7 million values, which take 41 s, are too many', () => {
    expect(() => ten('mish')).toThrow(/takes \d+ operations/);
  });

  it.each(['gelu', 'selu', 'tanh', 'softplus', 'log_softmax'])(
    'of ten %s are too many for 16 probes',
    (word) => {
      expect(16 * ten(word).operations).toBeGreaterThan(LIMITS.probeOperations);
      expect(16 * ten('relu').operations).toBeLessThan(LIMITS.probeOperations);
    },
  );

  it('count for activations of other layers, too', () => {
    const of = (activation: string) => {
      const { add, input, infer } = graph([64, 64, 8]);
      return infer(add('Conv2D', { filters: 8, kernel_size: 1, activation }, input)).operations;
    };
    expect(of('mish') - of('linear')).toBeGreaterThan(100 * 64 * 64 * 8);
    const softmax = (className: string, config: object) => {
      const { add, input, infer } = graph([64]);
      return infer(add(className, config, input)).operations;
    };
    expect(softmax('Softmax', { axis: -1 })).toBe(softmax('Activation', { activation: 'softmax' }));
  });
});
