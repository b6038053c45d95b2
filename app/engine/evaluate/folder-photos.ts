import type { JudgedPhoto } from './central-faces.ts';

/** A photo in the folder of a person. */
export interface FolderPhoto {
  /** Folders in order of their names, from 0 on. */
  readonly person: number;
  /** In the person's folder `young`: the same person at a younger age. */
  readonly young: boolean;
  readonly face: JudgedPhoto['face'];
}

/** The photos that are in a folder, with whose folder it is. */
export function folderPhotos(judged: readonly JudgedPhoto[]): FolderPhoto[] {
  const names = judged.map(({ path }) => path.split('/'));
  const people = new Map<string, number>();
  for (const [name = '', ...rest] of names) if (rest.length > 0 && !people.has(name)) people.set(name, people.size);
  return judged.flatMap(({ face }, i) => {
    const [name = '', folder = '', ...rest] = names[i] ?? [];
    const person = people.get(name);
    if (person === undefined || folder === '') return [];
    return { person, young: rest.length > 0 && folder.toLowerCase() === 'young', face };
  });
}
