interface Row {
  name: string | null;
  hidden: boolean;
  cover: number | null;
}
interface Label {
  readonly person: number;
  readonly strength: 'confirmed' | 'accepted';
}
interface Link {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}
interface State {
  people: Map<number, Row>;
  labels: Map<number, Label>;
  /** `face person`. */
  rejections: Set<string>;
  /** The newest last. */
  links: Link[];
  notFaces: Set<number>;
  notPersons: Set<number>;
  mirrors: Set<number>;
  favourites: Set<number>;
  /** `is-not face person` or `same face face`, and so on. */
  overruled: string[];
  merged: Map<number, number>;
}
/** Whose face each face that is there is shown as at the moment: comes from the clustering, not from the facts. */
type Shown = ReadonlyMap<number, number | null>;

/** Something said, as two members of a graph that are one or are not; people are below zero. */
interface Claim {
  readonly key: string;
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

const empty = (): State => ({
  people: new Map(),
  labels: new Map(),
  rejections: new Set(),
  links: [],
  notFaces: new Set(),
  notPersons: new Set(),
  mirrors: new Set(),
  favourites: new Set(),
  overruled: [],
  merged: new Map(),
});
const numbers = (pair: string) => pair.split(' ').map(Number) as [number, number];
const linkKey = ({ a, b, same }: Link) => `${same ? 'same' : 'different'} ${a} ${b}`;

/** The facts a user stated, kept the plainest way: whole copies for undo, contradictions found by trying. */
export function createFactsModel() {
  let now = empty();
  let past: { id: number; state: State }[] = [];
  let future: { id: number; state: State }[] = [];
  /** Keys of what the action under way says. */
  let said = new Set<string>();

  const row = (id: number): Row => {
    const found = now.people.get(id) ?? { name: null, hidden: false, cover: null };
    now.people.set(id, found);
    return found;
  };
  const act = (id: number, work: () => void): void => {
    past.push({ id, state: structuredClone(now) });
    future = [];
    said = new Set();
    work();
    settle();
  };
  const settle = (): void => {
    if (now.links.length === 0) return;
    const labels = [...now.labels].sort(([a], [b]) => a - b);
    const claimOfLabel = ([face, { person }]: [number, Label]) => claim(`is ${face} ${person}`, face, -person, true);
    const claims = [
      ...labels.filter(([, label]) => label.strength === 'confirmed').map(claimOfLabel),
      ...[...now.rejections].map(numbers).map(([f, p]) => claim(`is-not ${f} ${p}`, f, -p, false)),
      ...labels.filter(([, label]) => label.strength === 'accepted').map(claimOfLabel),
      ...now.links.toReversed().map((link) => claim(linkKey(link), link.a, link.b, link.same)),
    ];
    const kept: Claim[] = [];
    for (const each of [...claims.filter(({ key }) => said.has(key)), ...claims.filter(({ key }) => !said.has(key))]) {
      if (standTogether([...kept, each])) kept.push(each);
      else takeBack(each);
    }
  };
  const takeBack = ({ key, a, b }: Claim): void => {
    now.overruled.push(key);
    if (key.startsWith('is-not')) now.rejections.delete(`${a} ${-b}`);
    else if (key.startsWith('is ')) now.labels.delete(a);
    else now.links = now.links.filter((link) => linkKey(link) !== key);
  };
  const label = (face: number, person: number, strength: Label['strength']): void => {
    now.labels.set(face, { person, strength });
    now.notPersons.delete(face);
    if (now.rejections.delete(`${face} ${person}`) && strength === 'accepted')
      now.overruled.push(`is-not ${face} ${person}`);
    said.add(`is ${face} ${person}`);
  };
  const reject = (face: number, person: number): void => {
    now.rejections.add(`${face} ${person}`);
    said.add(`is-not ${face} ${person}`);
  };
  const link = (one: number, other: number, same: boolean): void => {
    const [a, b] = [Math.min(one, other), Math.max(one, other)];
    now.links = [...now.links.filter((each) => each.a !== a || each.b !== b), { a, b, same }];
    said.add(linkKey({ a, b, same }));
  };
  const accept = (person: number, shown: Shown, as = person): void => {
    for (const [face, who] of shown) if (who === person && !now.labels.has(face)) label(face, as, 'accepted');
  };
  const leaveCovers = (faces: readonly number[], except?: number): void => {
    for (const [id, { cover }] of now.people)
      if (id !== except && cover !== null && faces.includes(cover)) row(id).cover = null;
  };
  const present = (faces: readonly number[], shown: Shown) => faces.filter((face) => shown.has(face));
  const facesShownAs = (person: number, shown: Shown) => [...shown.keys()].filter((f) => shown.get(f) === person);
  const moveTo = (faces: readonly number[], to: number): void => {
    leaveCovers(faces, to);
    for (const face of faces) label(face, to, 'confirmed');
  };
  const disown = (face: number, person: number): void => {
    if (now.labels.get(face)?.person === person) now.labels.delete(face);
    reject(face, person);
  };
  const unlabel = (faces: readonly number[], shown: Shown): number[] => {
    const ours = present(faces, shown);
    leaveCovers(ours);
    for (const face of ours) now.labels.delete(face);
    return ours;
  };
  const absorb = (from: number, into: number, shown: Shown): void => {
    const rejected = [...now.rejections].map(numbers).filter(([, who]) => who === from);
    for (const [face] of rejected) now.rejections.delete(`${face} ${from}`);
    for (const [face, { person, strength }] of [...now.labels]) {
      if (person !== from) continue;
      if (now.rejections.has(`${face} ${into}`)) now.overruled.push(`is-not ${face} ${into}`);
      label(face, into, 'confirmed');
      now.labels.set(face, { person: into, strength });
    }
    accept(from, shown, into);
    for (const [face] of rejected) {
      if (now.labels.get(face)?.person === into) now.overruled.push(`is-not ${face} ${into}`);
      else reject(face, into);
    }
    now.people.delete(from);
    now.merged.set(from, into);
  };

  return {
    get labels() {
      return now.labels;
    },
    get rejections() {
      return now.rejections;
    },
    get links() {
      return now.links;
    },
    get notPersons() {
      return now.notPersons;
    },
    facts: () => facts(now),
    /** An action that changes no fact of this model: a face drawn, a regrouping let go. */
    other: (id: number) => act(id, () => undefined),
    name: (id: number, person: number, name: string | null, shown: Shown) =>
      act(id, () => {
        row(person).name = name;
        if (name !== null) accept(person, shown);
      }),
    hide: (id: number, person: number, hidden: boolean, shown: Shown) =>
      act(id, () => {
        row(person).hidden = hidden;
        if (hidden) accept(person, shown);
      }),
    cover: (id: number, person: number, face: number) =>
      act(id, () => {
        label(face, person, 'confirmed');
        row(person).cover = face;
      }),
    merge: (id: number, into: number, from: readonly number[], shown: Shown) =>
      act(id, () => {
        const others = [...new Set(from)].filter((each) => each !== into);
        const name = [into, ...others].map((each) => row(each).name).find((some) => some !== null) ?? null;
        accept(into, shown);
        for (const other of others) absorb(other, into, shown);
        row(into).name = name;
      }),
    move: (id: number, faces: readonly number[], to: number, shown: Shown, named: string | null = null) =>
      act(id, () => {
        if (named !== null && row(to).name === null) row(to).name = named;
        moveTo(present(faces, shown), to);
      }),
    split: (id: number, person: number, faces: readonly number[], into: number, name: string | null, shown: Shown) =>
      act(id, () => {
        const leaving = facesShownAs(person, shown).filter((face) => faces.includes(face));
        if (name !== null && row(into).name === null) row(into).name = name;
        moveTo(leaving, into);
        accept(person, new Map([...shown].filter(([face]) => !leaving.includes(face))));
        for (const face of leaving) reject(face, person);
        for (const [face, { person: who }] of [...now.labels]) if (who === person) reject(face, into);
      }),
    apart: (id: number, one: number, other: number, shown: Shown) =>
      act(id, () => {
        const unnamed = row(one).name === null && row(other).name !== null;
        const [kept, refused] = unnamed ? [other, one] : [one, other];
        accept(kept, shown);
        for (const face of facesShownAs(refused, shown)) reject(face, kept);
      }),
    reject: (id: number, faces: readonly number[], shown: Shown) =>
      act(id, () => {
        const ours = present(faces, shown).filter((face) => shown.get(face) !== null);
        leaveCovers(ours);
        for (const face of ours) disown(face, shown.get(face)!);
      }),
    notFace: (id: number, faces: readonly number[], shown: Shown) =>
      act(id, () => unlabel(faces, shown).forEach((face) => now.notFaces.add(face))),
    notPerson: (id: number, faces: readonly number[], somebody: boolean, shown: Shown) =>
      act(id, () => {
        if (somebody) for (const face of present(faces, shown)) now.notPersons.delete(face);
        else unlabel(faces, shown).forEach((face) => now.notPersons.add(face));
      }),
    link: (id: number, faces: readonly number[], same: boolean, shown: Shown) =>
      act(id, () => {
        const ours = present(faces, shown).sort((a, b) => a - b);
        if (same) for (const other of ours.slice(1)) link(ours[0]!, other, true);
        else for (const [at, one] of ours.entries()) for (const other of ours.slice(at + 1)) link(one, other, false);
      }),
    mirror: (id: number, photo: number, on: boolean) =>
      act(id, () => (on ? now.mirrors.add(photo) : now.mirrors.delete(photo))),
    favour: (id: number, photo: number, on: boolean) =>
      act(id, () => (on ? now.favourites.add(photo) : now.favourites.delete(photo))),
    keep: (id: number, faces: readonly number[], shown: Shown) =>
      act(id, () => faces.forEach((face) => label(face, shown.get(face)!, 'accepted'))),
    /** `lines`: all that was kept in one; `kind … person` is said again of the faces that are still there. */
    putBack: (id: number, lines: readonly string[], shown: Shown) =>
      act(id, () => {
        for (const line of lines) now.overruled.splice(now.overruled.indexOf(line), 1);
        for (const line of lines) {
          const [kind, a, b] = line.split(' ') as [string, string, string];
          if (kind === 'same' || kind === 'different') link(Number(a), Number(b), kind === 'same');
          else if (!shown.has(Number(a))) continue;
          else if (kind === 'is') label(Number(a), Number(b), 'confirmed');
          else disown(Number(a), Number(b));
        }
      }),
    /** Of a person, those who were merged into it, and their faces, nothing was ever said. */
    erase: (person: number, shown: Shown): void => {
      const people = new Set([person]);
      for (let size = 0; size < people.size;) {
        size = people.size;
        for (const [from, into] of now.merged) if (people.has(into)) people.add(from);
      }
      const faces = new Set([...shown].filter(([, who]) => who !== null && people.has(who)).map(([face]) => face));
      for (const [face, label] of now.labels) if (people.has(label.person)) faces.add(face);
      now = without(now, people, faces);
      past = past.map(({ id, state }) => ({ id, state: without(state, people, faces) }));
      future = [];
    },
    /** `id`: the action that was undone. Those after it were forgotten, being about somebody who was erased. */
    undo: (id: number): void => {
      for (let last = past.pop(); last; last = past.pop()) {
        if (last.id === id) future.push({ id, state: now });
        now = last.state;
        if (last.id === id) return;
      }
      throw new Error(`the model does not know the action ${id}`);
    },
    redo: (id: number): void => {
      const next = future.pop();
      if (next?.id !== id) throw new Error(`the model has ${next?.id} to redo, not ${id}`);
      past.push({ id, state: now });
      now = next.state;
    },
    undoable: () => past.length > 0,
  };
}
export type FactsModel = ReturnType<typeof createFactsModel>;

const claim = (key: string, a: number, b: number, same: boolean): Claim => ({ key, a, b, same });

/** By the definition: everything is coloured by what it is one with; two people in one colour, or a parted pair, fail. */
function standTogether(claims: readonly Claim[]): boolean {
  const colour = new Map<number, number>();
  for (const { a, b } of claims) for (const member of [a, b]) colour.set(member, member);
  for (const { a, b, same } of claims) {
    if (!same) continue;
    const [from, to] = [colour.get(a)!, colour.get(b)!];
    for (const [member, its] of colour) if (its === from) colour.set(member, to);
  }
  const people = [...colour].filter(([member]) => member < 0).map(([, its]) => its);
  return (
    new Set(people).size === people.length && claims.every(({ a, b, same }) => same || colour.get(a) !== colour.get(b))
  );
}

function without(state: State, people: ReadonlySet<number>, faces: ReadonlySet<number>): State {
  const clean = (line: string): boolean => {
    const [kind, a, b] = line.split(' ') as [string, string, string];
    const byPerson = kind === 'is' || kind === 'is-not';
    return !faces.has(Number(a)) && !(byPerson ? people : faces).has(Number(b));
  };
  const kept = (some: Set<number>) => new Set([...some].filter((face) => !faces.has(face)));
  return {
    ...state,
    people: new Map(
      [...state.people]
        .filter(([id]) => !people.has(id))
        .map(([id, row]) => [id, { ...row, cover: row.cover !== null && faces.has(row.cover) ? null : row.cover }]),
    ),
    labels: new Map([...state.labels].filter(([face, { person }]) => !faces.has(face) && !people.has(person))),
    rejections: new Set([...state.rejections].filter((pair) => clean(`is-not ${pair}`))),
    links: state.links.filter(({ a, b }) => !faces.has(a) && !faces.has(b)),
    notFaces: kept(state.notFaces),
    notPersons: kept(state.notPersons),
    overruled: state.overruled.filter(clean),
  };
}

function facts({ people, labels, rejections, links, notFaces, notPersons, mirrors, favourites, overruled }: State) {
  const sorted = (some: Set<number>) => [...some].sort((a, b) => a - b);
  return {
    people: [...people]
      .filter(([, { name, hidden, cover }]) => name !== null || hidden || cover !== null)
      .sort(([a], [b]) => a - b)
      .map(([id, { name, hidden, cover }]) => ({ id, name, hidden: Number(hidden), cover })),
    labels: [...labels].sort(([a], [b]) => a - b).map(([face, { person, strength }]) => ({ face, person, strength })),
    rejections: [...rejections]
      .map(numbers)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1])
      .map(([face, person]) => ({ face, person })),
    links: links.map(({ a, b, same }) => ({ a, b, same: Number(same) })),
    notFaces: sorted(notFaces),
    notPersons: sorted(notPersons),
    mirrors: sorted(mirrors),
    favourites: sorted(favourites),
    overruled: overruled.toSorted(),
  };
}
