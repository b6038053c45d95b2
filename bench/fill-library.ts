import { createRandom, type TestLibrary } from '../test/factories/library.ts';

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
  library.db.write(() => {
    const named = Array.from({ length: 200 }, (_, i) =>
      library.person(`${first[i % 10]} ${last[Math.floor(i / 10) % 10]}${i < 100 ? '' : ` ${i}`}`),
    );
    const people = [...named, ...Array.from({ length: 800 }, () => library.person(null))];
    for (let i = 0; i < photos; i++) {
      const at = new Date(Date.UTC(2005, 0, 1) + random() * 20 * 365.25 * 864e5).toISOString();
      const place = places[upTo(places.length)] ?? '';
      library.photo({
        path: `/photos/${at.slice(0, 4)} ${place}/IMG_${i}.jpg`,
        taken: upTo(50) === 0 ? null : at.slice(0, 19),
        width: upTo(3) ? 4000 : 3000,
        height: upTo(3) ? 3000 : 4000,
        camera: cameras[i % cameras.length] ?? null,
        // Few people are in most photos.
        people: Array.from({ length: upTo(4) }, () => people[Math.floor(people.length * random() ** 3)] ?? null),
      });
    }
    library.db.sql.exec('INSERT INTO favourite SELECT id FROM photo WHERE id % 50 = 0');
  });
}
