import * as http from 'node:http';
import * as https from 'node:https';

import { Failure } from '../../contract/errors.ts';
import { settings } from '../settings.ts';

/** The variables that name a proxy, as programs on this system share them: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

const mostRedirects = 5;

/**
 * Asks for a URL and gives the answer, whose body is still to be read, after at most five redirects. An answer that
 * stops coming for a while ends with an error.
 * @throws {Failure} `download-failed`, and the errors of `node:http`
 */
export async function openUrl(
  url: string,
  headers: Readonly<Record<string, string>>,
  options: { readonly signal: AbortSignal; readonly env: ProxyEnvironment },
): Promise<http.IncomingMessage> {
  let place = new URL(url);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await get(place, headers, options);
    const { location } = answer.headers;
    if (answer.statusCode === undefined || answer.statusCode < 300 || answer.statusCode > 399 || !location)
      return answer;
    answer.destroy();
    place = new URL(location, place);
  }
  throw new Failure('download-failed', `${url} leads from one address to another without end.`);
}

function get(
  place: URL,
  headers: Readonly<Record<string, string>>,
  { signal, env }: { readonly signal: AbortSignal; readonly env: ProxyEnvironment },
): Promise<http.IncomingMessage> {
  if (place.protocol !== 'https:' && place.protocol !== 'http:') {
    throw new Failure('download-failed', `${place.href} is no web address.`);
  }
  const { request, Agent } = place.protocol === 'https:' ? https : http;
  const agent = new Agent({ proxyEnv: { ...env } });
  return new Promise((resolve, reject) => {
    const asked = request(place, { headers, signal, agent, timeout: settings.download.silenceMs }, resolve);
    asked.on('error', reject);
    asked.on('timeout', () => {
      const message = `${place.host} has been silent for too long.`;
      asked.destroy(new Failure('download-failed', message));
    });
    asked.end();
  });
}
