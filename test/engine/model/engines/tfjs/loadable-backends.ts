import { loadBackend, type TfjsBackend } from '../../../../../app/engine/model/engines/tfjs/backend.ts';

/** WASM always, and native TensorFlow where `npm run setup:tensorflow` has made it loadable. */
export async function loadableBackends(): Promise<TfjsBackend[]> {
  try {
    await loadBackend('native');
    return ['native', 'wasm'];
  } catch {
    console.info('native TensorFlow is not set up: its tests are skipped (npm run setup:tensorflow)');
    return ['wasm'];
  }
}
