import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { PersonId } from '../../../app/contract/ids.ts';
import { createNameIndex } from '../../../app/engine/search/name-index.ts';
import { parseQuery } from '../../../app/engine/search/parse-query.ts';
import type { QueryNode } from '../../../app/engine/search/query.ts';
import { queryText } from '../../factories/search.ts';

const named = [
  'Anna',
  'Ben',
  'Carl',
  'Anna Maria',
  'Anna Bennett',
  'Zoë Groß',
  '王小明',
  'Jean-Luc',
  'José',
  'Or',
  'Annabel',
];
const names = createNameIndex(named.map((name, i) => ({ id: (i + 1) as PersonId, name })));
const parse = (text: string) => parseQuery(text, names);

/** A tree in short: people by name, dates as days, text with * for a prefix. */
function show(node: QueryNode): string {
  const name = (id: number): string => named[id - 1] ?? `#${id}`;
  const day = (at: number): string => (Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : '');
  switch (node.kind) {
    case 'all':
      return node.parts.map(show).join(' & ');
    case 'any':
      return `(${node.parts.map(show).join(' | ')})`;
    case 'not':
      return `!${show(node.part)}`;
    case 'people':
      return `[${node.people.map(name).join(', ')}]`;
    case 'only':
      return `only{${node.names.map((people) => people.map(name).join('|')).join(', ')}}`;
    case 'taken':
      return `${day(node.from)}..${day(node.to)}`;
    case 'takenIn':
      return node.spans
        .filter(({ to }) => to > Date.UTC(2018, 6) && to < Date.UTC(2020, 6))
        .map(({ from, to }) => `${day(from)}..${day(to)}`)
        .join('+');
    case 'faces':
      return `faces ${node.from}..${node.to}`;
    case 'unnamed':
    case 'favourite':
      return node.kind;
    case 'camera':
      return `camera ${node.text}`;
    case 'text':
      return `${node.field}:"${node.text}"${node.prefix ? '*' : ''}`;
  }
}
const tree = (text: string): string => show(parse(text).tree);

describe('a query', () => {
  test.each([
    ['', ''],
    ['   ', ''],
    ['anna ben', '[Anna] & [Ben]'],
    ['anna and ben', '[Anna] & [Ben]'],
    ['ANNA  BEN', '[Anna] & [Ben]'],
    ['anna or ben', '([Anna] | [Ben])'],
    ['anna or ben or carl 2019', '([Anna] | [Ben] | [Carl]) & 2019-01-01..2020-01-01'],
    ['anna or -carl', '([Anna] | ![Carl])'],
    ['-carl', '![Carl]'],
    ['-anna maria', '![Anna Maria]'],
    ['zoe', '[Zoë Groß]'],
    ['ZOË GROSS', '[Zoë Groß]'],
    ['jose', '[José]'],
    ['王', '[王小明]'],
    ['jean-luc', '[Jean-Luc]'],
    ['jean', '[Jean-Luc]'],
    ['beach', 'path:"beach"*'],
    ['img_2', 'path:"img_2"*'],
    ['1234', 'path:"1234"*'],
    ['folder:italy', 'folder:"italy"*'],
    ['file:img_2 anna', 'file:"img_2"* & [Anna]'],
    ['folder:"north italy"', 'folder:"north italy"'],
    ['"summer 2019"', 'path:"summer 2019"'],
    ['"summer 20', 'path:"summer 20"*'],
    ['🐶', 'path:"🐶"*'],
    ['foo:bar', 'path:"foo:bar"*'],
    ['person:12', '[#12]'],
    ['person:ben', '[Ben]'],
    ['person:nobody', '[]'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
    expect(parse(text).problem).toBeNull();
  });

  test.each([
    ['people:2', 'faces 2..2'],
    ['people:0', 'faces 0..0'],
    ['people:3..', 'faces 3..Infinity'],
    ['people:..2', 'faces 0..2'],
    ['PEOPLE:4..2 anna', 'faces 2..4 & [Anna]'],
    ['people:3.', 'faces 3..3'],
    ['-people:1', '!faces 1..1'],
    ['unnamed', 'unnamed'],
    ['-Unnamed', '!unnamed'],
    ['is:unnamed', 'unnamed'],
    ['is:favourite anna', 'favourite & [Anna]'],
    ['is:favorite', 'favourite'],
    ['is:fav', 'favourite'],
    ['folder:unnamed', 'folder:"unnamed"*'],
    ['"unnamed"', 'path:"unnamed"'],
    ['camera:canon or camera:"eos 5d"', '(camera canon | camera eos 5d)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
    expect(parse(text).problem).toBeNull();
  });

  test.each([
    ['august 2019', '2019-08-01..2019-09-01'],
    ['Aug 2019', '2019-08-01..2019-09-01'],
    ['sept 2019', '2019-09-01..2019-10-01'],
    ['dec 2019', '2019-12-01..2020-01-01'],
    ['summer 2019', '2019-06-01..2019-09-01'],
    ['fall 2019', '2019-09-01..2019-12-01'],
    ['winter 2019', '2018-12-01..2019-03-01'],
    ['-summer 2019 anna', '!2019-06-01..2019-09-01 & [Anna]'],
    [
      'summer or winter 2019',
      '((2018-06-01..2018-09-01+2019-06-01..2019-09-01 | path:"summer"*) | 2018-12-01..2019-03-01)',
    ],
    ['aug', '(2018-08-01..2018-09-01+2019-08-01..2019-09-01 | path:"aug"*)'],
    ['"summer" 2019', 'path:"summer" & 2019-01-01..2020-01-01'],
    ['folder:summer', 'folder:"summer"*'],
  ])('%s is a time', (text, expected) => {
    expect(tree(text)).toBe(expected);
    expect(parse(text).problem).toBeNull();
  });

  test('takes a person called like a month for the person', () => {
    const june = createNameIndex([{ id: 1 as PersonId, name: 'June' }]);
    expect(show(parseQuery('june 2019', june).tree)).toBe('[Anna] & 2019-01-01..2020-01-01');
  });

  test('says which winter is meant', () => {
    const { chips } = parse('winter 2019 anna');
    expect(chips.map(({ kind, text, from, to }) => [kind, text, from, to])).toEqual([
      ['date', 'winter 2019 (Dec 2018 – Feb 2019)', 0, 11],
      ['person', 'Anna', 12, 16],
    ]);
  });

  test('says what it counts', () => {
    const said = (text: string) => parse(text).chips[0]?.text;
    expect(['people:0', 'people:1', 'people:3..', 'people:..4', 'people:2..4'].map(said)).toEqual([
      'no people',
      '1 person',
      '3 or more people',
      'at most 4 people',
      '2 to 4 people',
    ]);
  });

  test('says where a number or a state that does not exist stands', () => {
    expect(parse('anna people:many').problem).toMatchObject({ at: 12 });
    expect(parse('-is:sunny').problem).toEqual({
      at: 4,
      message: 'a photo is never “sunny”; use is:favourite or is:unnamed',
    });
  });

  test('takes the longest run of words that is a name', () => {
    expect(tree('anna maria beach')).toBe('[Anna Maria] & path:"beach"*');
    expect(tree('anna beach')).toBe('[Anna] & path:"beach"*');
    expect(tree('"anna maria"')).toBe('[Anna Maria]');
  });

  test('takes a name that is being typed, unless its last word is somebody', () => {
    expect(tree('ann')).toBe('[Anna, Anna Maria, Anna Bennett, Annabel]');
    expect(tree('anna m')).toBe('[Anna Maria]');
    expect(tree('anna ben')).toBe('[Anna] & [Ben]');
    expect(tree('anna benn')).toBe('[Anna Bennett]');
  });

  test('prefers the person of just that name to those who share a word of it', () => {
    expect(tree('anna')).toBe('[Anna]');
    expect(tree('maria')).toBe('[Anna Maria]');
  });

  test('reads dates and ranges with their ends included', () => {
    expect(tree('2019-06')).toBe('2019-06-01..2019-07-01');
    expect(tree('2019-6')).toBe('2019-06-01..2019-07-01');
    expect(tree('2019-02-28')).toBe('2019-02-28..2019-03-01');
    expect(tree('2019-06..2019-08')).toBe('2019-06-01..2019-09-01');
    expect(tree('2019-08..2019-06')).toBe('2019-06-01..2019-09-01');
    expect(tree('..2018')).toBe('..2019-01-01');
    expect(tree('2019..')).toBe('2019-01-01..');
    expect(tree('-2019')).toBe('!2019-01-01..2020-01-01');
  });

  test('takes a date that is being typed for the part that is there', () => {
    for (const begun of ['2019-', '2019-0']) expect(tree(begun)).toBe('2019-01-01..2020-01-01');
    for (const begun of ['2019-06-', '2019-06-0']) expect(tree(begun)).toBe('2019-06-01..2019-07-01');
  });

  test('says where a date that does not exist stands', () => {
    expect(parse('anna 2019-13').problem).toEqual({ at: 10, message: 'there is no month 13' });
    expect(parse('2019-06-31').problem).toEqual({ at: 8, message: 'there is no day 31 in 2019-06' });
    expect(parse('-2018..2019-02-29').problem).toEqual({ at: 15, message: 'there is no day 29 in 2019-02' });
  });

  test('reads the names after only:, several words to a name', () => {
    expect(tree('only:anna,ben')).toBe('only{Anna, Ben}');
    expect(tree('only:anna, ben beach')).toBe('only{Anna, Ben} & path:"beach"*');
    expect(tree('only:"anna maria",ben')).toBe('only{Anna Maria, Ben}');
    expect(tree('only:anna maria,ben')).toBe('only{Anna Maria, Ben}');
    expect(tree('only:ben,anna maria 2019')).toBe('only{Ben, Anna Maria} & 2019-01-01..2020-01-01');
    expect(tree('only:nobody')).toBe('only{}');
  });

  test('waits for what is only begun', () => {
    for (const begun of [
      'anna',
      'anna or',
      'anna or ',
      'anna -',
      'anna only:',
      'anna folder:',
      'anna person:',
      'anna people:',
      'anna people:..',
      'anna is:',
      'anna camera:',
      'anna camera:"',
      'anna "',
      'anna &',
    ]) {
      expect(tree(begun)).toBe('[Anna]');
      expect(parse(begun).chips).toHaveLength(1);
    }
  });

  test('takes a word that joins nothing for a word', () => {
    expect(tree('or')).toBe('[Or]');
    expect(tree('anna "or"')).toBe('[Anna] & [Or]');
    expect(tree('anna or or ben')).toBe('([Anna] | [Ben])');
  });

  test('shows what it understood as chips with their places', () => {
    const text = ' anna maria  or -ben 2019 folder:"a b" x';
    const { chips } = parse(text);
    expect(
      chips.map((chip) => [chip.kind, text.slice(chip.from, chip.to), chip.text, chip.person, chip.negated]),
    ).toEqual([
      ['person', 'anna maria', 'Anna Maria', 4, false],
      ['or', 'or', 'or', null, false],
      ['person', '-ben', 'Ben', 2, true],
      ['date', '2019', '2019', null, false],
      ['text', 'folder:"a b"', 'folder:a b', null, false],
      ['text', 'x', 'x', null, false],
    ]);
  });

  test('refuses more parts than anybody types', () => {
    expect(parse('a '.repeat(101)).problem?.at).toBe(200);
    expect(parse('a '.repeat(100)).problem).toBeNull();
  });
});

test('any text is a query, and its chips lie in it in order', () => {
  fc.assert(
    fc.property(queryText, (text) => {
      let end = 0;
      for (const chip of parse(text).chips) {
        expect(chip.from).toBeGreaterThanOrEqual(end);
        expect(chip.to).toBeGreaterThan(chip.from);
        expect(chip.to).toBeLessThanOrEqual(text.length);
        const shown = text.slice(chip.from, chip.to);
        expect(shown).toBe(shown.trim());
        expect(chip.negated).toBe(shown.startsWith('-'));
        end = chip.to;
      }
      const problem = parse(text).problem;
      if (problem) expect(problem.at).toBeLessThan(text.length);
    }),
    { numRuns: 2000 },
  );
});
