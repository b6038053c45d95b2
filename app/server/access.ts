import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { Failure } from '../contract/errors.ts';

/** Who may ask: pages that were signed in by a one-time ticket, and programs that know the bearer token. */
export interface Access {
  /** For programs of the same user, who read it from the library's holder file. */
  readonly programToken: string;
  /** A ticket that signs one page in, once. */
  createTicket(): string;
  /** Takes a ticket back and gives the cookie for it; null for a ticket that is unknown or used up. */
  redeem(ticket: string): string | null;
  /** @throws {Failure} `not-allowed` for a request that did not come from our own page or a local program */
  checkSource(request: IncomingMessage): void;
  isPage(request: IncomingMessage): boolean;
  isProgram(request: IncomingMessage): boolean;
}

/** @param port the port listened on: cookies do not tell ports apart, so it is part of the cookie's name */
export function createAccess(port: number): Access {
  const cookieName = `familiar-${port}`;
  const programToken = secret();
  const tickets = new Set<string>();
  const sessions = new Set<string>();
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  return {
    programToken,
    createTicket: () => {
      const ticket = secret();
      tickets.add(ticket);
      return ticket;
    },
    redeem: (given) => {
      const ticket = findSecret(tickets, given);
      if (ticket === undefined) return null;
      tickets.delete(ticket);
      const session = secret();
      sessions.add(session);
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    checkSource: ({ headers, method, url }) => {
      const host = headers.host ?? '';
      // A name that points here without being ours is a rebinding attack.
      if (!hosts.includes(host)) throw new Failure('not-allowed', 'this address is not the one Familiar answers at');
      if (headers.origin !== undefined && headers.origin !== `http://${host}`) {
        throw new Failure('not-allowed', 'only the page of Familiar itself may ask this');
      }
      // Other ports of this computer count as the same site for cookies, so SameSite alone is not enough.
      const site = headers['sec-fetch-site'];
      const opensPage = method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && /^\/(\?|$)/.test(url ?? '');
      if (site !== undefined && site !== 'same-origin' && site !== 'none' && !opensPage) {
        throw new Failure('not-allowed', 'only the page of Familiar itself may ask this');
      }
    },
    isPage: ({ headers }) => {
      const session = readCookie(headers.cookie, cookieName);
      return session !== undefined && findSecret(sessions, session) !== undefined;
    },
    isProgram: ({ headers }) => {
      const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
      return token !== undefined && sameSecret(token, programToken);
    },
  };
}

/** 256 random bits. */
const secret = (): string => randomBytes(32).toString('base64url');

/** Compares without telling by its duration how much of `given` was right. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function findSecret(secrets: ReadonlySet<string>, given: string): string | undefined {
  return [...secrets].find((secret) => sameSecret(given, secret));
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}
