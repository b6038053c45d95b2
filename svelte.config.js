/** Svelte 5 in runes mode everywhere, so that state is always declared. */
export default {
  compilerOptions: { runes: true },
};
