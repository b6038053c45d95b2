import { build } from 'vite';

/** The tests look at the page that users get: built, not served from source. */
export async function setup(): Promise<void> {
  await build({ logLevel: 'warn' });
}
