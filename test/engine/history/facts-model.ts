interface Row {
  name: string | null;
  hidden: boolean;
  cover: number | null;
}
interface Label {
  readonly person: number;
  readonly strength: 'confirmed' | 'accepted';
}
interface State {
  people: Map<number, Row>;
  labels: Map<number, Label>;
  /** `face person`. */
  rejections: Set<string>;
  notFaces: Set<number>;
}
/** Whose face each face that is there is shown as at the moment: comes from the clustering, not from the facts. */
type Shown = ReadonlyMap<number, number | null>;

/** The facts a user stated, kept the plainest way: whole copies for undo. */
export function createFactsModel() {
  let now: State = { people: new Map(), labels: new Map(), rejections: new Set(), notFaces: new Set() };
  const past: State[] = [];
  let future: State[] = [];

  const row = (id: number): Row => {
    const found = now.people.get(id) ?? { name: null, hidden: false, cover: null };
    now.people.set(id, found);
    return found;
  };
  const act = (work: () => void): void => {
    past.push(structuredClone(now));
    future = [];
    work();
  };
  const label = (face: number, person: number, strength: Label['strength']): void => {
    now.labels.set(face, { person, strength });
    now.rejections.delete(`${face} ${person}`);
  };
  const accept = (person: number, shown: Shown, as = person): void => {
    for (const [face, who] of shown) if (who === person && !now.labels.has(face)) label(face, as, 'accepted');
  };
  const leaveCovers = (faces: readonly number[], except?: number): void => {
    for (const [id, { cover }] of now.people)
      if (id !== except && cover !== null && faces.includes(cover)) row(id).cover = null;
  };
  const present = (faces: readonly number[], shown: Shown) => faces.filter((face) => shown.has(face));
  const moveTo = (faces: readonly number[], to: number): void => {
    leaveCovers(faces, to);
    for (const face of faces) label(face, to, 'confirmed');
  };
  const absorb = (from: number, into: number, shown: Shown): void => {
    const rejected = [...now.rejections]
      .map((pair) => pair.split(' ').map(Number) as [number, number])
      .filter(([, who]) => who === from);
    for (const [face] of rejected) now.rejections.delete(`${face} ${from}`);
    for (const [face, { person, strength }] of [...now.labels]) if (person === from) label(face, into, strength);
    accept(from, shown, into);
    for (const [face] of rejected) if (now.labels.get(face)?.person !== into) now.rejections.add(`${face} ${into}`);
    now.people.delete(from);
  };

  return {
    get labels() {
      return now.labels;
    },
    get rejections() {
      return now.rejections;
    },
    isTouched: (person: number): boolean => facts(now).people.some(({ id }) => id === person),
    facts: () => facts(now),
    name: (person: number, name: string | null, shown: Shown) =>
      act(() => {
        row(person).name = name;
        if (name !== null) accept(person, shown);
      }),
    hide: (person: number, hidden: boolean, shown: Shown) =>
      act(() => {
        row(person).hidden = hidden;
        if (hidden) accept(person, shown);
      }),
    cover: (person: number, face: number) =>
      act(() => {
        label(face, person, 'confirmed');
        row(person).cover = face;
      }),
    merge: (into: number, from: readonly number[], shown: Shown) =>
      act(() => {
        const others = [...new Set(from)].filter((id) => id !== into);
        const name = [into, ...others].map((id) => row(id).name).find((some) => some !== null) ?? null;
        accept(into, shown);
        for (const id of others) absorb(id, into, shown);
        row(into).name = name;
      }),
    move: (faces: readonly number[], to: number, shown: Shown) => act(() => moveTo(present(faces, shown), to)),
    moveByName: (faces: readonly number[], name: string, to: number, shown: Shown) =>
      act(() => {
        const known = [...now.people].find(([, person]) => person.name?.toLowerCase() === name.toLowerCase());
        if (!known) row(to).name = name;
        moveTo(present(faces, shown), to);
      }),
    reject: (faces: readonly number[], shown: Shown) =>
      act(() => {
        const ours = present(faces, shown).filter((face) => shown.get(face) !== null);
        leaveCovers(ours);
        for (const face of ours) {
          now.labels.delete(face);
          now.rejections.add(`${face} ${shown.get(face)}`);
        }
      }),
    notFace: (faces: readonly number[], shown: Shown) =>
      act(() => {
        const ours = present(faces, shown);
        leaveCovers(ours);
        for (const face of ours) {
          now.labels.delete(face);
          now.notFaces.add(face);
        }
      }),
    undo: () => {
      future.push(now);
      now = past.pop()!;
    },
    redo: () => {
      past.push(now);
      now = future.pop()!;
    },
    history: () => ({
      undo: past.length > 0 ? { undone: false } : null,
      redo: future.length > 0 ? { undone: true } : null,
    }),
  };
}
export type FactsModel = ReturnType<typeof createFactsModel>;

function facts({ people, labels, rejections, notFaces }: State) {
  const pairs = [...rejections].map((pair) => pair.split(' ').map(Number) as [number, number]);
  return {
    people: [...people]
      .filter(([, { name, hidden, cover }]) => name !== null || hidden || cover !== null)
      .sort(([a], [b]) => a - b)
      .map(([id, { name, hidden, cover }]) => ({ id, name, hidden: Number(hidden), cover })),
    labels: [...labels].sort(([a], [b]) => a - b).map(([face, { person, strength }]) => ({ face, person, strength })),
    rejections: pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([face, person]) => ({ face, person })),
    notFaces: [...notFaces].sort((a, b) => a - b),
  };
}
