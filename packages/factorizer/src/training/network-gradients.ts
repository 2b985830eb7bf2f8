import {
  type LayersModel,
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs';

/** What a network computed, as `model.apply` returns it. */
export type NetworkOutput = Tensor | Tensor[];

/** Evaluates networks on a batch and differentiates an objective of their outputs: here, or on worker threads. */
export interface NetworkGradients {
  /**
   * `value = objective(network₁(inputs₁), …)` and its gradients with respect to `variables`, by name. Networks
   * are evaluated for training, so BatchNorm's statistics move. The caller disposes of the result.
   */
  take(
    inputs: readonly (readonly Tensor[])[],
    objective: (outputs: NetworkOutput[]) => Scalar,
    variables: readonly Variable[],
  ): Promise<{ value: Scalar; grads: NamedTensorMap }>;
  dispose(): Promise<void>;
}

/** In this thread, on the current backend. */
export function gradientsHere(networks: readonly LayersModel[]): NetworkGradients {
  return {
    take: async (inputs, objective, variables) =>
      variableGrads(
        () =>
          objective(
            networks.map((network, index) => {
              const [first, ...more] = inputs[index] as readonly [Tensor, ...Tensor[]];
              return network.apply(more.length === 0 ? first : [first, ...more], {
                training: true,
              }) as NetworkOutput;
            }),
          ),
        [...variables],
      ),
    dispose: async () => {},
  };
}
