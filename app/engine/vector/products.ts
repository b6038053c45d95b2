import { availableParallelism } from 'node:os';

import { InferenceSession, Tensor } from 'onnxruntime-node';

import { encodeModel } from '../model/onnx/codec.ts';
import { createGraph } from '../model/onnx/graph-builder.ts';
import { settings } from '../settings.ts';

/** Rows of equal length, one after the other. */
export interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
}

let session: Promise<InferenceSession> | undefined;

/**
 * Every dot product of a row of `a` with one of `b`, both of `width` columns: `into[i × b.rows + j]`. In float32, so the
 * last digits depend on the processor. One session serves the thread for as long as it lives.
 */
export async function multiply(a: Matrix, b: Matrix, width: number, into: Float32Array): Promise<void> {
  // A single row is added up in another order: the last digits would tell how many came at once.
  if (a.rows === 1) return multiplyTwice(a, b, width, into);
  session ??= openSession();
  const run = await session;
  const inputs = { a: tensorOf(a, width), b: tensorOf(b, width) };
  const output = new Tensor('float32', into.subarray(0, a.rows * b.rows), [a.rows, b.rows]);
  await run.run(inputs, { products: output });
}

async function multiplyTwice(a: Matrix, b: Matrix, width: number, into: Float32Array): Promise<void> {
  const rows = new Float32Array(2 * width);
  rows.set(a.values.subarray(0, width));
  const products = new Float32Array(2 * b.rows);
  await multiply({ values: rows, rows: 2 }, b, width, products);
  into.set(products.subarray(0, b.rows));
}

function tensorOf({ values, rows }: Matrix, width: number): Tensor {
  return new Tensor('float32', values.subarray(0, rows * width), [rows, width]);
}

/** A model of one operator. Idle threads sleep, and nothing is kept from run to run. */
function openSession(): Promise<InferenceSession> {
  const graph = createGraph('products');
  const a = graph.input('a', 'float', ['m', 'width']);
  const b = graph.input('b', 'float', ['n', 'width']);
  graph.output('products', graph.node('Gemm', [a, b], { transB: 1 }), ['m', 'n']);
  return InferenceSession.create(encodeModel(graph.build()), {
    executionProviders: ['cpu'],
    intraOpNumThreads: Math.min(settings.index.threads, availableParallelism()),
    interOpNumThreads: 1,
    enableMemPattern: false,
    enableCpuMemArena: false,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}
