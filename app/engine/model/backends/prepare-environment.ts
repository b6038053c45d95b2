/**
 * Sets what native TensorFlow reads when it loads. To be called in the first thread of a process, before others start:
 * the environment that a worker thread sees is a copy, which native code does not.
 * @param threads cores that the models may use; TensorFlow shares one pool among all model threads
 */
export function prepareEnvironment(env: NodeJS.ProcessEnv, threads: number): void {
  env['TF_NUM_INTRAOP_THREADS'] ??= String(threads);
  // 2: warnings and errors only; without it every start prints which processor features are in use.
  env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // It would take all memory of a graphics card at once, and leave none to other programs.
  env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
}
