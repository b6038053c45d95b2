import type { FaceId, PersonId } from '../../contract/ids.ts';
import type { FaceMap } from '../../contract/measures.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createMapFaceQueries } from '../db/map-faces.ts';
import { settings } from '../settings.ts';
import type { FaceLayout } from '../vector/lay-out-faces.ts';

/** The faces on a plane. The places of the last map are kept: they change with the faces, not with names. */
export function createFaceMap(context: EngineContext, indexWhole: () => Promise<void>): Subject<'insights.map'> {
  const queries = createMapFaceQueries(context.db.sql);
  let last: { readonly key: string; readonly layout: FaceLayout } | undefined;

  const layOut = async (faces: readonly number[], signal: AbortSignal): Promise<FaceLayout> => {
    const key = `${context.recognition().version} ${faces.join()}`;
    if (last?.key === key) return last.layout;
    const layout = await context.index.layOut({ ids: Int32Array.from(faces) }, signal);
    last = { key, layout };
    return layout;
  };

  return {
    handlers: {
      'insights.map': async (_, signal): Promise<FaceMap> => {
        const chosen = queries.choose(settings.insights.map.faces);
        await indexWhole();
        const { ids, places } = await layOut(
          chosen.map(({ face }) => face),
          signal,
        );
        const personOf = new Map(chosen.map(({ face, person }) => [face, person]));
        const points = Array.from(ids, (face, at) => ({
          face: face as FaceId,
          person: (personOf.get(face) ?? null) as PersonId | null,
          x: places[2 * at] ?? 0,
          y: places[2 * at + 1] ?? 0,
        }));
        const shown = new Set<number | null>(points.map(({ person }) => person));
        const people = queries.names().filter(({ id }) => shown.has(id));
        return { points, people: people as FaceMap['people'], total: queries.total() };
      },
    },
  };
}
