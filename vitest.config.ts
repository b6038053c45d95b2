import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  resolve: { conditions: ['browser'] },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: the tests that start engines already use threads of their own.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'app',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/e2e/**', 'test/slow/**'],
        },
        resolve: { conditions: ['node'] },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          include: ['test/renderer/**/*.test.ts'],
          environment: './test/renderer/page-environment.ts',
        },
      },
      {
        extends: true,
        test: { name: 'slow', include: ['test/slow/**/*.test.ts'] },
        resolve: { conditions: ['node'] },
      },
      {
        extends: true,
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], globalSetup: 'test/e2e/build-renderer.ts' },
        resolve: { conditions: ['node'] },
      },
    ],
  },
});
