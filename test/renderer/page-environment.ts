import type { Environment } from 'vitest/runtime';

/**
 * Plain Node, but with modules built as for a page: only there do Svelte's runes live. Controllers need no DOM.
 */
const environment: Environment = {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
};

export default environment;
