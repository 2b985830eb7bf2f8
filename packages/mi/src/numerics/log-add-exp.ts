import { maximum, type Tensor, tidy } from '@tensorflow/tfjs';
import { stopGradient } from './stop-gradient';

/** `log(exp(a) + exp(b))`, with broadcasting, for numbers of any size. */
export function logAddExp<T extends Tensor>(a: Tensor, b: Tensor): T {
  return tidy(() => {
    // The shift cancels. `maximum` has a wrong gradient where a = b, and none where one is broadcast.
    const larger = stopGradient(maximum<Tensor>, a, b);
    return a.sub(larger).exp().add(b.sub(larger).exp()).log().add(larger) as T;
  });
}
