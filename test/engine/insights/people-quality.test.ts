import { expect, test } from 'vitest';

import { createInsightsLibrary, personNamed } from '../../factories/insights-library.ts';

test('tells of every named person what the estimate of that person tells', async () => {
  const home = createInsightsLibrary();
  await home.fill([5, 4, 3, 1], [null, null, null, 'Alone']);
  for (const [face, name] of [
    [1, 'Anna'],
    [6, 'Ben'],
  ] as const)
    await home.ask('people.name', { person: home.personOf(face as never)!, name });
  await home.ask('faces.reject', { faces: [5 as never] });
  const people = await home.insight('insights.people', {});
  expect(people.map(({ name }) => name).sort()).toEqual(['Anna', 'Ben']);
  for (const person of people) {
    const estimate = (await home.ask('people.estimate', { id: person.id }))!;
    expect(person).toMatchObject({
      confirmed: estimate.confirmed,
      precision: estimate.precision.value,
      low: estimate.precision.low,
      high: estimate.precision.high,
      missing: estimate.missing.value,
    });
  }
});

test('says who is nearest, where somebody is near', async () => {
  const home = createInsightsLibrary();
  const [anna] = await home.fill([8, 4, 4], [null, null, 'Carl']);
  // One half of the same faces under another name: nobody can be nearer.
  await home.ask('faces.move', { faces: anna!.slice(0, 4), to: { name: 'Anna' } });
  await home.ask('faces.move', { faces: anna!.slice(4), to: { name: 'Anne' } });
  const people = await home.insight('insights.people', {});
  const of = (name: string) => people.find((person) => person.name === name)!;
  expect(of('Anna').nearest).toMatchObject({ id: personNamed(home, 'Anne'), name: 'Anne' });
  expect(of('Anna').nearest!.distance).toBeCloseTo(of('Anne').nearest!.distance, 5);
  expect(of('Carl').nearest).toBeNull();
});

test('nobody named is nobody told of', async () => {
  const home = createInsightsLibrary();
  await home.fill([3], [null]);
  expect(await home.insight('insights.people', {})).toEqual([]);
});
