import { Failure } from '../../contract/errors.ts';
import { templateOf } from '../face/templates.ts';
import { checkEmbedder } from './check-embedder.ts';
import { openOrt } from './engines/ort.ts';
import type { EmbedderManifest } from './manifest.ts';
import { decodeModel, encodeModel } from './onnx/codec.ts';
import { checkGraph } from './onnx/check-graph.ts';
import { freeBatch } from './onnx/edit.ts';
import type { OnnxModel } from './onnx/schema.ts';
import { sha256 } from './pack.ts';

/** What the user says of a model file; the rest is found out. */
export interface ImportFacts {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly source: string;
  readonly template: string;
  readonly colour: 'rgb' | 'bgr';
  /** Three numbers, one a channel. */
  readonly mean: readonly number[];
  readonly scale: number;
  /** L2 distance between unit vectors under which two faces are the same person. */
  readonly pair: number;
  /** Length of the embedding, where the user knows what to expect. */
  readonly dimensions?: number | undefined;
}

/**
 * Where no calibration has told: DBSCAN's eps and the widest a group may be, as parts of the pair threshold. The
 * smallest of the three packs that were calibrated (FaceNet), because mixing two people costs more than naming twice.
 */
const cautious = { eps: 0.64, acceptance: 0.8 };

/**
 * Turns an ONNX file into an embedder pack: finds out its input and its length, lets it take many faces at once, and
 * runs it to see that the numbers make sense.
 * @throws {Failure} `model-damaged` or `bad-request` with what is wrong
 */
export async function importModel(
  file: Uint8Array,
  facts: ImportFacts,
): Promise<{ readonly manifest: EmbedderManifest; readonly model: Uint8Array }> {
  const decoded = decodeModel(file);
  checkGraph(decoded);
  const { layout, inputSize, batch } = inputOf(decoded);
  const template = templateOf(facts.template);
  if (template.size !== inputSize) {
    const sizes = `The model takes faces of ${inputSize} pixels and the alignment ${facts.template} gives ${template.size}.`;
    throw new Failure('bad-request', `${sizes} Choose another alignment.`);
  }
  const model = batch === 1 ? encodeModel(freeBatch(decoded)) : file;
  const dimensions = await lengthOf(model, layout, inputSize);
  if (facts.dimensions !== undefined && facts.dimensions !== dimensions) {
    throw new Failure('model-damaged', `The model gives ${dimensions} numbers and not ${facts.dimensions}.`);
  }
  const manifest: EmbedderManifest = {
    name: facts.name,
    title: facts.title,
    licence: facts.licence,
    source: facts.source,
    files: [{ name: 'model.onnx', sha256: sha256(model), bytes: model.length }],
    role: 'embedder',
    inputSize,
    layout,
    colour: facts.colour,
    normalisation: { mean: [...facts.mean], scale: facts.scale },
    template: facts.template,
    dimensions,
    thresholds: { pair: facts.pair, eps: cautious.eps * facts.pair, acceptance: cautious.acceptance * facts.pair },
  };
  return { manifest: { ...manifest, golden: await checkEmbedder(model, manifest) }, model };
}

interface Input {
  readonly layout: 'nchw' | 'nhwc';
  readonly inputSize: number;
  /** Null: any number. */
  readonly batch: number | null;
}

function inputOf({ graph }: OnnxModel): Input {
  const weights = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !weights.has(name));
  const tensor = inputs[0]?.type?.tensorType;
  const [batch, ...sizes] = tensor?.shape?.dim.map(({ dimValue }) => dimValue ?? null) ?? [];
  const [first, second, third] = sizes;
  if (inputs.length === 1 && tensor?.elemType === 1 && sizes.length === 3) {
    if (first === 3 && second && second === third) return { layout: 'nchw', inputSize: second, batch: batch ?? null };
    if (third === 3 && first && first === second) return { layout: 'nhwc', inputSize: first, batch: batch ?? null };
  }
  throw new Failure(
    'model-damaged',
    'The model does not take square colour pictures of one size as 32-bit floats. Export it with a fixed picture size.',
  );
}

async function lengthOf(model: Uint8Array, layout: 'nchw' | 'nhwc', size: number): Promise<number> {
  const network = await openOrt(model, 1);
  try {
    const dims = layout === 'nchw' ? [1, 3, size, size] : [1, size, size, 3];
    const input = { data: new Float32Array(3 * size * size), dims };
    const outputs = await network.run({ [network.inputs[0] ?? '']: input });
    return outputs.get(network.outputs[0] ?? '')?.data.length ?? 0;
  } finally {
    await network.close();
  }
}
