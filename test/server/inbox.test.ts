import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { safeSegments } from '../../app/server/inbox-name.ts';
import { openInbox } from '../../app/server/inbox.ts';
import { openLentFiles } from '../../app/server/lent-files.ts';
import { limits } from '../../app/server/limits.ts';
import { ask, day, serveForTest, signIn, tempDir } from './fixture.ts';

const send = (text: string): Readable => Readable.from([Buffer.from(text)]);

describe('a name that a page sent', () => {
  it.each([
    ['beach.jpg', 'beach.jpg'],
    ['Holiday 2019/day 1/beach.jpg', 'Holiday 2019/day 1/beach.jpg'],
    ['../../etc/passwd', 'etc/passwd'],
    ['..\\..\\windows\\a.jpg', 'windows/a.jpg'],
    ['/absolute/a.jpg', 'absolute/a.jpg'],
    ['C:\\a.jpg', 'C_/a.jpg'],
    ['.hidden.jpg', 'hidden.jpg'],
    ['trailing. .', 'trailing'],
    ['new\nline\u0000.jpg', 'new_line_.jpg'],
    ['con.jpg', '_con.jpg'],
    ['😀 été.jpg', '😀 été.jpg'],
    ['...', 'photo'],
    ['', 'photo'],
  ])('%j becomes %j', (name, expected) => {
    expect(safeSegments(name).join('/')).toBe(expected);
  });

  it('keeps its extension when it is too long for a file system', () => {
    const [segment = ''] = safeSegments(`${'é'.repeat(300)}.jpeg`);
    expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(240);
    expect(segment).toMatch(/é\.jpeg$/);
  });
});

describe('the inbox', () => {
  it('keeps what it gets below the date of the day', async () => {
    const dir = tempDir();
    const path = await openInbox(dir, () => day).receive('trip/a.jpg', send('picture'), null);
    expect(path).toBe(join(dir, 'inbox/2026-11-23/trip/a.jpg'));
    expect(readFileSync(path, 'utf8')).toBe('picture');
  });

  it('keeps the time of the file, which may be all that dates a photo', async () => {
    const taken = Date.UTC(2019, 7, 12, 18, 30);
    const path = await openInbox(tempDir(), () => day).receive('a.jpg', send('one'), taken);
    expect(statSync(path).mtimeMs).toBe(taken);
  });

  it('never overwrites: a taken name gets a number, the same bytes are kept once', async () => {
    const inbox = openInbox(tempDir(), () => day);
    const first = await inbox.receive('a.jpg', send('one'), null);
    const second = await inbox.receive('a.jpg', send('two'), null);
    expect(second).toMatch(/a \(2\)\.jpg$/);
    expect(await inbox.receive('a.jpg', send('two'), null)).toBe(second);
    expect(readFileSync(first, 'utf8')).toBe('one');
  });

  it('keeps apart two files of one name that arrive at the same time', async () => {
    const inbox = openInbox(tempDir(), () => day);
    const texts = ['1', '2', '3', '4', '5'];
    const paths = await Promise.all(texts.map((text) => inbox.receive('a.jpg', send(text), null)));
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(texts);
  });

  it('removes what arrived in part, also what an earlier run left', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'inbox/.incoming'), { recursive: true });
    writeFileSync(join(dir, 'inbox/.incoming/left'), 'half');
    const inbox = openInbox(dir, () => day);
    expect(existsSync(join(dir, 'inbox/.incoming/left'))).toBe(false);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('hung up');
      })(),
    );
    await expect(inbox.receive('a.jpg', broken, null)).rejects.toThrow('hung up');
    expect(readdirSync(join(dir, 'inbox/.incoming'))).toEqual([]);
    expect(existsSync(join(dir, 'inbox/2026-11-23'))).toBe(false);
  });
});

describe('an upload', () => {
  it('is streamed into the inbox and answers where the file is', async () => {
    const server = await serveForTest();
    const headers = { cookie: await signIn(server) };
    const name = encodeURIComponent('../../a b.jpg');
    const answer = await ask(server.port, `/upload?name=${name}`, { method: 'PUT', headers, body: 'picture' });
    const path = join(server.dir, 'inbox/2026-11-23/a b.jpg');
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { path } });
    expect(readFileSync(path, 'utf8')).toBe('picture');
  });

  it('is refused without a cookie', async () => {
    const server = await serveForTest();
    expect((await ask(server.port, '/upload?name=a.jpg', { method: 'PUT', body: 'x' })).status).toBe(403);
    expect(existsSync(join(server.dir, 'inbox/2026-11-23'))).toBe(false);
  });

  it('leaves nothing behind when the sender hangs up', async () => {
    const server = await serveForTest();
    const cookie = await signIn(server);
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      `PUT /upload?name=a.jpg HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${cookie}\r\nContent-Length: 100\r\n\r\nhalf`,
    );
    const incoming = join(server.dir, 'inbox/.incoming');
    await expect.poll(() => existsSync(incoming) && readdirSync(incoming).length).toBe(1);
    socket.destroy();
    await expect.poll(() => readdirSync(incoming).length).toBe(0);
    expect(existsSync(join(server.dir, 'inbox/2026-11-23'))).toBe(false);
  });
});

describe('files that are lent to be looked at', () => {
  it('are there for a while under names of their own, the last few of them, and gone at the end', async () => {
    const dir = tempDir();
    const lent = openLentFiles(dir);
    const paths: string[] = [];
    for (let i = 0; i < limits.lentFiles + 2; i++) paths.push(await lent.receive('../a.JPG', send(`picture ${i}`)));
    expect(paths.at(-1)).toMatch(/inbox\/\.lent\/[-0-9a-f]+\.JPG$/);
    expect(readFileSync(paths.at(-1)!, 'utf8')).toBe(`picture ${limits.lentFiles + 1}`);
    expect(paths.map((path) => existsSync(path)).indexOf(true)).toBe(2);
    lent.close();
    expect(existsSync(join(dir, 'inbox/.lent'))).toBe(false);
  });

  it('that a killed program left are removed at the next start', () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'inbox/.lent'), { recursive: true });
    writeFileSync(join(dir, 'inbox/.lent/left.jpg'), 'picture');
    openLentFiles(dir);
    expect(existsSync(join(dir, 'inbox/.lent'))).toBe(false);
  });

  it('are taken from a page that is signed in, and from no other', async () => {
    const server = await serveForTest();
    expect((await ask(server.port, '/lend?name=a.jpg', { method: 'PUT', body: 'x' })).status).toBe(403);
    const cookie = await signIn(server);
    const answer = await ask(server.port, '/lend?name=a.jpg', { method: 'PUT', headers: { cookie }, body: 'x' });
    const { value } = JSON.parse(answer.body) as { value: { path: string } };
    expect(readFileSync(value.path, 'utf8')).toBe('x');
  });
});
