/**
 * How the runtimes say that a run needs more memory than there is. Read off them by running what cannot fit
 * (ONNX Runtime 1.30 and TensorFlow 2.21 on the CPU), the others out of their sources:
 * - ONNX Runtime, CPU: `std::bad_alloc`, on Windows `bad allocation`
 * - ONNX Runtime, its arenas (core/framework/bfc_arena.cc): `Failed to allocate memory for requested buffer of size …`,
 *   `BFC Arena ran out of memory trying to allocate …`
 * - CUDA, cuBLAS, cuDNN (core/providers/cuda/cuda_call.cc): `CUDA failure 2: out of memory`, `…_STATUS_ALLOC_FAILED`
 * - DirectML: HRESULT 8007000E, E_OUTOFMEMORY, `Not enough memory resources are available`
 * - TensorFlow (core/framework/op_kernel.cc): `OOM when allocating tensor with shape[…]`
 * - V8: `Array buffer allocation failed`
 * WASM is not among them: it does not outlive a run that does not fit.
 */
const signs =
  /std::bad_alloc|bad allocation|failed to allocate memory|ran out of memory|out of memory|_ALLOC_FAILED|8007000E|E_OUTOFMEMORY|not enough memory|OOM when allocating|Array buffer allocation failed/i;

/** Whether an error, or what caused it, says that memory ran out. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return signs.test(error.message) || isOutOfMemory(error.cause);
}
