import type { Subject } from '../context.ts';
import type { History } from '../history/history.ts';

/** Photos that the user likes best. */
export function createFavourites(history: History): Subject<'photos.favourite'> {
  return {
    handlers: {
      'photos.favourite': ({ ids, favourite }) => {
        const photos = [...new Set(ids)];
        const what = photos.length === 1 ? 'a photo' : `${photos.length} photos`;
        const label = favourite ? `Added ${what} to the favourites` : `Took ${what} out of the favourites`;
        return history.record('favourite', label, (recorder) => recorder.favour(photos, favourite));
      },
    },
  };
}
