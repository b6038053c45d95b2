import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The interface as static files. Paths are relative: the same build is served over HTTP and from `app:`. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [svelte({ configFile: '../svelte.config.js' })],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    // Inlined pictures would need `data:` everywhere, and one stylesheet loads before anything is drawn.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
  },
});
