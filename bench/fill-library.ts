import { basename, dirname } from 'node:path';

import { createRandom, type TestLibrary } from '../test/factories/library.ts';
import { withoutUpkeep } from './without-upkeep.ts';

const places = ['Rome', 'Berlin', 'Zürich', 'Garden', 'Christmas', 'Beach', 'School', 'Hiking', 'Wedding', 'Office'];
const cameras = ['Canon EOS 5D', 'Canon PowerShot A80', 'Apple iPhone 12', 'Fuji X100', null];
const first = ['Anna', 'Ben', 'Carl', 'Dora', 'Emil', 'Fred', 'Greta', 'Hans', 'Ida', 'Jan'];
const last = ['Abel', 'Baker', 'Cohn', 'Diaz', 'Evans', 'Fink', 'Gruber', 'Huber', 'Ito', 'Jones'];

/**
 * Fills a library with made-up rows, straight in SQLite: 200 named people, 800 groups, 1.5 faces a photo, folders by
 * year and place.
 */
export function fillLibrary(library: TestLibrary, photos: number): void {
  const random = createRandom(42);
  const upTo = (count: number): number => Math.floor(random() * count);
  const { sql } = library.db;
  const named = Array.from({ length: 200 }, (_, i) =>
    library.person(`${first[i % 10]} ${last[Math.floor(i / 10) % 10]}${i < 100 ? '' : ` ${i}`}`),
  );
  const people = [...named, ...Array.from({ length: 800 }, () => library.person(null))];
  const part = sql.prepare('INSERT INTO part (person_id) VALUES (?)');
  const parts = people.map((person) => Number(part.run(person).lastInsertRowid));
  const photo = sql.prepare(`
    INSERT INTO photo (id, path, hash, size, mtime_ms, width, height, taken_at, date_source, camera, read_version, added_at, faces)
    VALUES (?, ?, randomblob(32), 1000, 0, ?, ?, ?, 'exif', ?, 1, 0, ?)`);
  const text = sql.prepare('INSERT INTO photo_text (rowid, folder, name) VALUES (?, ?, ?)');
  const face = sql.prepare(`
    INSERT INTO face_row (photo_id, left, top, width, height, score, sharpness, yaw, pitch, roll, quality, part_id)
    VALUES (?, ?, 0, 100, 100, 0.99, 1, 0, 0, 0, 0.8, ?)`);
  withoutUpkeep(library.db, () => {
    for (let i = 0; i < photos; i++) {
      const at = Math.floor(Date.UTC(2005, 0, 1) + random() * 20 * 365.25 * 864e5);
      const place = places[upTo(places.length)] ?? '';
      const path = `/photos/${new Date(at).getUTCFullYear()} ${place}/IMG_${i}.jpg`;
      const wide = upTo(3) > 0;
      const taken = upTo(50) === 0 ? null : at;
      const camera = cameras[i % cameras.length] ?? null;
      const faces = upTo(4);
      photo.run(i + 1, path, wide ? 4000 : 3000, wide ? 3000 : 4000, taken, camera, faces);
      text.run(i + 1, dirname(path), basename(path));
      // Few people are in most photos.
      for (let column = 0; column < faces; column++) {
        face.run(i + 1, column * 120, parts[Math.floor(parts.length * random() ** 3)] ?? null);
      }
    }
    sql.exec('INSERT INTO favourite SELECT id FROM photo WHERE id % 50 = 0');
  });
}
