import { expectCloseArrays } from '@factornet/core/testing';
import {
  dispose,
  grad,
  onesLike,
  setBackend,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { beforeAll, describe, it } from 'vitest';
import { suitePass, suiteRequest } from '../conformance/suite-pass';
import { SOFT_TARGET_CASES } from '../testing/soft-target-cases';
import { transfer } from './transfer';

describe("transfer and the authors' SoftTarget loss", () => {
  beforeAll(() => setBackend('cpu'));

  it.each(SOFT_TARGET_CASES)('agree in value and gradient, T = $temperature', async (example) => {
    const { batch, classes, temperature, student, teacher, value, gradient } = example;
    const running = transfer({ temperature }).prepare(suiteRequest);
    const pass = suitePass();
    const { factors, ...rest } = pass.compute();
    const [factor] = factors as [(typeof factors)[number]];
    const [logits, teacherLogits] = [student, teacher].map((values) =>
      tensor2d([...values], [batch, classes]),
    );
    const evaluate = (input: Tensor) =>
      running.evaluate({
        ...rest,
        factors: [
          {
            ...factor,
            logits: input as Tensor2D,
            teacherLogits: teacherLogits as Tensor2D,
            // Every example has a label: theirs knows no other.
            targets: onesLike(input).div(classes) as Tensor2D,
          },
        ],
      });
    const made = [
      tidy(() => evaluate(logits as Tensor2D)),
      tidy(() => grad(evaluate)(logits as Tensor2D)),
    ] as const;
    expectCloseArrays(await made[0].data(), [value]);
    expectCloseArrays(await made[1].data(), gradient, { absolute: 1e-5 });
    dispose([...made, logits as Tensor2D, teacherLogits as Tensor2D]);
    pass.dispose();
  });
});
