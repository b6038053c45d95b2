/** What a program that finds and describes the faces of photos tells, in a process of its own. */
export interface Round {
  readonly wallMs: number;
  /** All threads of the process together. */
  readonly cpuMs: number;
  /** Faces of each photo: [left, top, width, height] as parts of the photo's width and height. */
  readonly faces: readonly (readonly Box[])[];
}
export type Box = readonly [left: number, top: number, width: number, height: number];

/** Answers each message of the parent process with a round over the photos. */
export function serveRounds(photos: readonly string[], look: (photos: readonly string[]) => Promise<Box[][]>): void {
  process.on('message', () => {
    void timed(() => look(photos)).then((round) => process.send?.(round));
  });
  process.on('disconnect', () => process.exit(0));
}

async function timed(look: () => Promise<Box[][]>): Promise<Round> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const faces = await look();
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1000, faces };
}
