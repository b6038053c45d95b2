import { Failure } from '../../../contract/errors.ts';
import type { FloatTensor, Network, NetworkTensor } from '../network.ts';
import { isOutOfMemory } from './out-of-memory.ts';

type Inputs = Readonly<Record<string, NetworkTensor>>;

/**
 * A network whose runs are halved along the first axis, the batch, where memory does not suffice, and go on. What was
 * too much is remembered, by numbers that go in, for as long as the network is open.
 * @param tell hears of it, in words, each time that the limit falls
 */
export function partBatches(network: Network, tell: (message: string) => void): Network {
  let limit = Infinity;

  const run = async (inputs: Inputs): Promise<ReadonlyMap<string, FloatTensor>> => {
    const count = batchOf(inputs);
    const numbers = numbersIn(inputs);
    if (numbers > limit && count > 1) return runParts(inputs, count, numbers);
    try {
      return await network.run(inputs);
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      if (count < 2) {
        const message = 'There is not enough memory to run the model even on one picture. Close other programs.';
        throw new Failure('model-failed', message, { cause: error });
      }
      limit = (numbers / count) * Math.ceil(count / 2);
      tell(`Memory did not suffice for a batch of ${count}; the model goes on with ${Math.ceil(count / 2)} at a time.`);
      return runParts(inputs, count, numbers);
    }
  };
  const runParts = async (inputs: Inputs, count: number, numbers: number): Promise<Map<string, FloatTensor>> => {
    const size = Math.max(1, Math.floor(limit / (numbers / count)));
    const parts = [];
    for (let start = 0; start < count; start += size) {
      parts.push(await run(cut(inputs, start, Math.min(start + size, count))));
    }
    return join(parts);
  };
  return { inputs: network.inputs, outputs: network.outputs, run, close: () => network.close() };
}

/** How many things the inputs hold alike; 1 where they do not agree and so cannot be parted. */
function batchOf(inputs: Inputs): number {
  const [first, ...others] = Object.values(inputs).map(({ dims }) => dims[0] ?? 1);
  return first !== undefined && others.every((count) => count === first) ? first : 1;
}

function numbersIn(inputs: Inputs): number {
  return Object.values(inputs).reduce((sum, { data }) => sum + data.length, 0);
}

function cut(inputs: Inputs, from: number, to: number): Inputs {
  const part = ({ data, dims: [count = 1, ...rest] }: NetworkTensor): NetworkTensor => {
    const each = data.length / count;
    return { data: data.subarray(each * from, each * to), dims: [to - from, ...rest] };
  };
  return Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, part(tensor)]));
}

function join(parts: readonly ReadonlyMap<string, FloatTensor>[]): Map<string, FloatTensor> {
  const names = [...(parts[0]?.keys() ?? [])];
  return new Map(names.map((name) => [name, joinTensors(parts.flatMap((part) => part.get(name) ?? []))]));
}

function joinTensors(parts: readonly FloatTensor[]): FloatTensor {
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  const rows = parts.reduce((sum, { dims }) => sum + (dims[0] ?? 0), 0);
  return { data, dims: [rows, ...(parts[0]?.dims.slice(1) ?? [])] };
}
