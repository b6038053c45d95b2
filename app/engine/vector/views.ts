import { Failure } from '../../contract/errors.ts';
import type { ComparedFaces } from './compared-faces.ts';
import { createTunedView, type BaseFaces, type TunedView } from './tuned-view.ts';

/** By which head the faces of an index are compared. */
export interface Views {
  readonly current: ComparedFaces;
  /**
   * Changes over to a head, or to none at once. The view before serves until the new one is whole; where another is asked
   * for in the meantime, the one in the making is given up.
   * @throws {Failure} `cancelled`, `bad-request`
   */
  use(weights: Float32Array | null, signal: AbortSignal): Promise<void>;
  /** To be awaited before the slots before `end` are linked. */
  follow(end: number): Promise<void>;
  erase(slots: readonly number[]): void;
}

export function createViews(base: BaseFaces): Views {
  let current: TunedView | undefined;
  let making: { readonly view: TunedView; readonly giveUp: () => void } | undefined;

  const changeTo = (view: TunedView | undefined): void => {
    current?.close();
    current = view;
  };
  const make = async (weights: Float32Array, signal: AbortSignal): Promise<void> => {
    const view = createTunedView(base, weights);
    const controller = new AbortController();
    const own = { view, giveUp: () => controller.abort() };
    making = own;
    try {
      await view.complete(AbortSignal.any([signal, controller.signal]));
      if (making !== own) throw new Failure('cancelled', 'another head was asked for before this one was in use');
      changeTo(view);
    } catch (error) {
      view.close();
      throw error;
    } finally {
      if (making === own) making = undefined;
    }
  };

  return {
    get current() {
      return current ?? base;
    },
    use: async (weights, signal) => {
      making?.giveUp();
      making = undefined;
      if (weights) await make(weights, signal);
      else changeTo(undefined);
    },
    follow: async (end) => {
      await current?.follow(end);
      await making?.view.follow(end);
    },
    erase: (slots) => {
      current?.erase(slots);
      making?.view.erase(slots);
    },
  };
}
