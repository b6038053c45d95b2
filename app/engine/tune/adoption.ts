import { describeFailure, Failure } from '../../contract/errors.ts';
import type { HeadId } from '../../contract/ids.ts';
import type { EngineContext } from '../context.ts';
import type { HeadTable } from '../db/heads.ts';
import type { People } from '../people/people.ts';

/** Which head is in use. */
export interface Adoption {
  /**
   * Compares faces after a head from when it resolves, or after none; the former way serves until then. The groups follow
   * in the background.
   * @throws {Failure} `not-found`; `bad-request` where the head cannot be used
   */
  use(head: HeadId | null): Promise<void>;
  /** Groups in the background where the groups were made by another way of comparing than the present one. */
  catchUp(): void;
  /** The groups are following. */
  isOn(): boolean;
  close(): Promise<void>;
}

/** @param onChange called when another head is in use, and when the groups have followed or stopped */
export function createAdoption(
  context: EngineContext,
  heads: HeadTable,
  people: Pick<People, 'compareBy' | 'regroup' | 'groupedBy'>,
  onChange: () => void,
): Adoption {
  let last: Promise<unknown> = Promise.resolve();
  let following: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  const follow = (): void => {
    following?.stop.abort();
    const stop = new AbortController();
    const own = {
      stop,
      ended: people
        .regroup(stop.signal)
        .catch((error: unknown) => {
          const { code, message } = describeFailure(error);
          if (code === 'cancelled') return;
          context.emit('notice', { message: `The faces could not be grouped: ${message}` });
        })
        .finally(() => {
          if (following !== own) return;
          following = undefined;
          if (!context.closing.aborted) onChange();
        }),
    };
    following = own;
    onChange();
  };

  const change = async (wanted: HeadId | null): Promise<void> => {
    const { embeddingVersion } = context.packs();
    const weights = wanted === null ? null : usableWeights(heads, wanted, embeddingVersion);
    if (context.recognition().head === wanted) return;
    await people.compareBy(weights, () => {
      if (context.packs().embeddingVersion !== embeddingVersion) throw otherEmbedder();
      context.db.writeDurably(() => {
        // A person who was erased meanwhile may have taken it along.
        if (wanted !== null) usableWeights(heads, wanted, embeddingVersion);
        heads.activate(embeddingVersion, wanted);
      });
    });
    follow();
  };

  return {
    use: (head) => {
      const turn = last.then(() => change(head));
      last = turn.catch(() => undefined);
      return turn;
    },
    catchUp: () => {
      const by = people.groupedBy();
      const { version, head } = context.recognition();
      // Libraries of before this was remembered were grouped without a head.
      if (by === version || (by === null && head === null)) return;
      follow();
    },
    isOn: () => following !== undefined,
    close: async () => {
      following?.stop.abort();
      await last;
      await following?.ended;
    },
  };
}

function usableWeights(heads: HeadTable, id: HeadId, version: string): Float32Array<ArrayBuffer> {
  const head = heads.get(id);
  if (!head) throw new Failure('not-found', `There is no version ${id}.`);
  const weights = heads.weights(id);
  if (!weights) {
    throw new Failure('bad-request', `Version ${id} was not surely better, so nothing of it was kept. Learn again.`);
  }
  if (head.version !== version) throw otherEmbedder();
  return weights;
}

function otherEmbedder(): Failure {
  return new Failure('bad-request', 'It was learnt for another face model. Use that model first, or learn again.');
}
