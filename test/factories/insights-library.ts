import { onTestFinished } from 'vitest';

import { requests, type Input, type Output } from '../../app/contract/api.ts';
import type { FaceId, PersonId } from '../../app/contract/ids.ts';
import { chosenDistances } from '../../app/engine/db/chosen-distances.ts';
import { librarySettings } from '../../app/engine/db/library-settings.ts';
import { calibrated } from '../../app/engine/insights/calibrated.ts';
import { createInsights } from '../../app/engine/insights/insights.ts';
import { createPeopleLibrary, type PeopleLibrary } from './people-library.ts';

type Insight = keyof ReturnType<typeof createInsights>['handlers'];

export interface InsightsLibrary extends PeopleLibrary {
  /** Asks what the contract promises. */
  insight<N extends Insight>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Output<N>>;
  /** Adds so many photos of each of some people, groups them, and names those who are given a name. */
  fill(faces: readonly number[], names?: readonly (string | null)[]): Promise<FaceId[][]>;
}

/** Insights over a real database and a real index thread; it is closed after the test. */
export function createInsightsLibrary(options: { seed?: number; spread?: number } = {}): InsightsLibrary {
  const home = createPeopleLibrary({
    ...options,
    recognition: ({ db }, plain) => calibrated(plain, chosenDistances(librarySettings(db.sql))),
  });
  onTestFinished(() => home.close());
  const { handlers } = createInsights(home.context, home.people, home.recognition);
  return {
    ...home,
    insight: async (name, input, signal = new AbortController().signal) => {
      const answer: unknown = await handlers[name](requests[name].input.parse(input) as never, signal);
      return requests[name].output.parse(answer) as never;
    },
    fill: async (faces, names = faces.map((_, who) => `Person ${who}`)) => {
      const ids: FaceId[][] = [];
      for (const [who, count] of faces.entries()) {
        ids.push((await Promise.all(Array.from({ length: count }, () => home.take([who])))).flat());
      }
      await home.ask('cluster.run', {});
      for (const [who, name] of names.entries()) {
        if (name === null) continue;
        await home.ask('faces.move', { faces: ids[who]!, to: { name } });
      }
      return ids;
    },
  };
}

export const personNamed = (home: PeopleLibrary, name: string): PersonId =>
  home.library.db.sql.prepare('SELECT id FROM person WHERE name = ?').get(name)!['id'] as PersonId;
