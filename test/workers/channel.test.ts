import { setTimeout as delay } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Failure } from '../../app/contract/errors.ts';
import { connect, moved, serve } from '../../app/workers/channel.ts';

interface Echo {
  double(input: { n: number }, signal: AbortSignal): Promise<number>;
  refuse(input: { words: string }, signal: AbortSignal): Promise<never>;
  crash(input: null, signal: AbortSignal): Promise<never>;
  wait(input: null, signal: AbortSignal): Promise<string>;
  bytes(input: { data: Uint8Array<ArrayBuffer> }, signal: AbortSignal): Promise<{ data: Uint8Array<ArrayBuffer> }>;
}

const echo: Echo = {
  double: async ({ n }) => n * 2,
  refuse: async ({ words }) => {
    throw new Failure('not-found', words);
  },
  crash: async () => {
    throw new TypeError('a bug');
  },
  wait: (_, signal) =>
    new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new Failure('cancelled', 'stopped'))),
    ),
  bytes: async ({ data }) => {
    data[0]! += 1;
    return moved({ data }, [data.buffer]);
  },
};

describe('the worker channel', () => {
  let near: MessagePort;
  let far: MessagePort;

  beforeEach(() => {
    const channel = new MessageChannel();
    near = channel.port1;
    far = channel.port2;
  });
  afterEach(() => {
    near.close();
    far.close();
  });

  it('answers each request with its own reply', async () => {
    serve<Echo>(far, echo);
    const { remote } = connect<Echo>(near);
    const answers = await Promise.all([remote.double({ n: 1 }), remote.double({ n: 2 }), remote.double({ n: 3 })]);
    expect(answers).toEqual([2, 4, 6]);
  });

  it('carries the code of an expected failure', async () => {
    serve<Echo>(far, echo);
    const { remote } = connect<Echo>(near);
    await expect(remote.refuse({ words: 'no such face' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'no such face',
    });
    await expect(remote.crash(null)).rejects.toMatchObject({ code: 'internal', message: 'a bug' });
  });

  it('cancels a running request', async () => {
    serve<Echo>(far, echo);
    const { remote } = connect<Echo>(near);
    const controller = new AbortController();
    const answer = remote.wait(null, controller.signal);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    await expect(remote.wait(null, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('hands marked buffers over in both directions', async () => {
    serve<Echo>(far, echo);
    const { remote } = connect<Echo>(near);
    const data = new Uint8Array([41, 7]);
    const answer = await remote.bytes(moved({ data }, [data.buffer]));
    expect([...answer.data]).toEqual([42, 7]);
    expect(data.byteLength).toBe(0);
  });

  it('delivers events until the listener stops', async () => {
    const { emit } = serve<Echo>(far, echo);
    const connection = connect<Echo>(near);
    const heard: unknown[] = [];
    const stop = connection.on('progress', (payload) => heard.push(payload));
    emit('progress', 1);
    await connection.remote.double({ n: 1 });
    stop();
    emit('progress', 2);
    await connection.remote.double({ n: 1 });
    expect(heard).toEqual([1]);
  });

  it('fails what waits, and whatever is asked later, when the thread is gone', async () => {
    serve<Echo>(far, echo);
    const connection = connect<Echo>(near);
    const waiting = connection.remote.wait(null);
    await delay(5);
    connection.fail(new Failure('worker-died', 'gone'));
    await expect(waiting).rejects.toMatchObject({ code: 'worker-died' });
    await expect(connection.remote.double({ n: 1 })).rejects.toMatchObject({ code: 'worker-died' });
  });
});
