import envPaths from 'env-paths';

/** The library to open when none is named: `FAMILIAR_LIBRARY`, else the platform's data folder. */
export function defaultLibrary(env: Readonly<Record<string, string | undefined>>): string {
  const named = env['FAMILIAR_LIBRARY'];
  if (named) return named;
  return envPaths('familiar', { suffix: '' }).data;
}
