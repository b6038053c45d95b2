import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { iou } from '../../app/engine/face/detect/boxes.ts';
import type { Box, Round } from './peer.ts';
import { median } from './statistics.ts';
import { table } from './table.ts';

const rounds = 7;
/** Overlap from which two programs mean the same face: they draw their boxes differently. */
const sameFace = 0.3;

interface Peer {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}
/** The first is what the others are compared with. */
const peers: readonly Peer[] = [
  { name: 'Familiar', script: 'run-familiar.ts', args: [] },
  { name: 'Familiar, with what the library keeps', script: 'run-familiar.ts', args: ['kept'] },
  { name: 'face-api, native TensorFlow', script: 'run-face-api.ts', args: ['native'] },
  { name: 'face-api, WASM', script: 'run-face-api.ts', args: ['wasm'] },
];

/** Six photos from the file to the vectors of their faces, in turn with face-api, each program in its own process. */
export async function measureDemo(): Promise<string> {
  const children = peers.map(start);
  const measured = peers.map((): Round[] => []);
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [i, child] of children.entries()) {
      const result = await askFor(child, peers[i]?.name ?? '');
      if (round > 0) measured[i]?.push(result);
    }
  }
  for (const child of children) child.disconnect();
  const [mine = []] = measured;
  const rows = measured.map((theirs, i) => [peers[i]?.name ?? '', ...figures(theirs), ...against(mine, theirs)]);
  const head = ['program', 'wall ms a photo', 'CPU ms a photo', 'faces', 'wall ÷ ours', 'CPU ÷ ours', 'we find of its'];
  const missed = measured.flatMap((theirs, i) =>
    missing(mine, theirs).map((face) => `- ${peers[i]?.name ?? ''}: ${face}`),
  );
  return [table(head, rows), ...(missed.length > 0 ? ['', 'Faces that we do not find:', '', ...missed] : [])].join(
    '\n',
  );
}

function start({ script, args }: Peer): ChildProcess {
  // Two cores for everybody, however many the machine has.
  const env = { ...process.env, TF_NUM_INTRAOP_THREADS: '2', TF_NUM_INTEROP_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '2' };
  return fork(join(import.meta.dirname, script), args, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function askFor(child: ChildProcess, name: string): Promise<Round> {
  child.send('round');
  const answer = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  const [message] = answer as unknown[];
  if (typeof message !== 'object' || message === null) throw new Error(`${name} ended before it answered`);
  return message as Round;
}

function figures(rounds: readonly Round[]): string[] {
  const faces = rounds[0]?.faces ?? [];
  return [
    (median(rounds.map(({ wallMs }) => wallMs)) / faces.length).toFixed(0),
    (median(rounds.map(({ cpuMs }) => cpuMs)) / faces.length).toFixed(0),
    String(faces.flat().length),
  ];
}

function against(mine: readonly Round[], theirs: readonly Round[]): string[] {
  const ratioOf = (of: (round: Round) => number): string =>
    median(theirs.map((round, i) => of(round) / of(mine[i] ?? round))).toFixed(2);
  const wanted = theirs[0]?.faces.flat().length ?? 0;
  return [
    ratioOf(({ wallMs }) => wallMs),
    ratioOf(({ cpuMs }) => cpuMs),
    `${wanted - missing(mine, theirs).length} of ${wanted}`,
  ];
}

/** The faces of theirs that we do not find, in words. */
function missing([mine]: readonly Round[], [theirs]: readonly Round[]): string[] {
  const lost = (faces: readonly Box[], photo: number): string[] =>
    faces
      .filter((box) => !mine?.faces[photo]?.some((one) => overlaps(one, box)))
      .map((box) => `photo ${photo + 1} at ${box.map((part) => `${Math.round(100 * part)} %`).join(', ')}`);
  return theirs?.faces.flatMap(lost) ?? [];
}

function overlaps(one: Box, other: Box): boolean {
  return iou(edges(one), edges(other)) >= sameFace;
}

function edges([left, top, width, height]: Box) {
  return { left, top, right: left + width, bottom: top + height };
}
