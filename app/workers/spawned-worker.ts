import type { Port } from './channel.ts';

/** A running service and the way to end it. */
export interface SpawnedWorker {
  readonly port: Port;
  /** Calls back once if the worker ends before `close`. */
  onDeath(listener: (reason: string) => void): void;
  close(): Promise<void>;
}
