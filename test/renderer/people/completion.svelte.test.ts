import { describe, expect, it } from 'vitest';

import { Completion } from '../../../renderer/people/completion.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';
import { person } from '../../factories/people.ts';

const everyone = [person(1, 'Anna'), person(2, 'Annabel'), person(3, 'Ben')];

function setUp(leaveOut: number | null = null) {
  const failures: unknown[] = [];
  const backend = fakeBackend({
    'people.complete': ({ prefix }) =>
      everyone.filter(({ name }) => name?.toLowerCase().startsWith(prefix.toLowerCase())),
  });
  const completion = new Completion(
    backend,
    (error) => failures.push(error),
    () => (leaveOut === null ? null : person(leaveOut, null).id),
  );
  return { completion, failures };
}

describe('completing a name', () => {
  it('offers who begins with what is typed', async () => {
    const { completion } = setUp();
    await completion.type('an');
    expect(completion.options.map(({ name }) => name)).toEqual(['Anna', 'Annabel']);
  });

  it('does not offer the person being named', async () => {
    const { completion } = setUp(1);
    await completion.type('an');
    expect(completion.options.map(({ name }) => name)).toEqual(['Annabel']);
  });

  it('takes the text as a new name while no option is chosen', async () => {
    const { completion } = setUp();
    await completion.type(' Ann ');
    expect(completion.chosen).toEqual({ name: 'Ann', person: null });
  });

  it('knows who is meant when the whole name was typed', async () => {
    const { completion } = setUp();
    await completion.type('anna');
    expect(completion.chosen?.person?.id).toBe(1);
  });

  it('goes through the options with the arrows and back to the text', async () => {
    const { completion } = setUp();
    await completion.type('an');
    completion.move(1);
    expect(completion.chosen?.name).toBe('Anna');
    completion.move(1);
    expect(completion.chosen?.name).toBe('Annabel');
    completion.move(1);
    expect(completion.active).toBe(-1);
    completion.move(-1);
    expect(completion.chosen?.name).toBe('Annabel');
  });

  it('forgets an answer that comes after the next letter', async () => {
    const { completion, failures } = setUp();
    const slow = completion.type('a');
    const quick = completion.type('ben');
    await Promise.all([slow, quick]);
    expect(completion.options.map(({ name }) => name)).toEqual(['Ben']);
    expect(failures).toEqual([]);
  });

  it('means nothing when nothing is typed', async () => {
    const { completion } = setUp();
    await completion.type('   ');
    expect(completion.chosen).toBeNull();
  });
});
