import envPaths from 'env-paths';

/** The library to open when none is named: `FAMILIAR_LIBRARY`, else the platform's data folder. */
export function defaultLibrary(env: Readonly<Record<string, string | undefined>>): string {
  return env['FAMILIAR_LIBRARY'] || envPaths('familiar', { suffix: '' }).data;
}
