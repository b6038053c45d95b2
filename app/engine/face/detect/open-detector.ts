import { Failure } from '../../../contract/errors.ts';
import type { DetectorManifest } from '../../model/manifest.ts';
import type { Network } from '../../model/network.ts';
import type { Pack } from '../../model/pack.ts';
import { settings } from '../../settings.ts';
import { createDetector, type Detect, type Propose } from './detector.ts';
import { createMtcnnProposals } from './mtcnn-proposals.ts';
import type { MtcnnSettings } from './mtcnn-settings.ts';
import type { TurningSettings } from './look-turned.ts';
import { createLookProposals, type LookSettings, type ReadPlaces } from './look-proposals.ts';
import { readSsdMobilenet } from './ssd-mobilenet.ts';
import { readTinyFace } from './tiny-face.ts';
import { readUltraLight } from './ultra-light.ts';

/** What a detector does, from the sampling to the thresholds: raise it when faces come out otherwise. */
export const detectStageVersion = 5;

/**
 * Puts a detector together from the networks of its pack. `open` loads a file of the pack; `turning` says when photos
 * are looked at turned, null never.
 * @throws {Failure} `model-damaged` where the family is not known, and what `open` throws
 */
export async function openDetector(
  { manifest }: Pack<DetectorManifest>,
  open: (file: string) => Promise<Network>,
  turning: TurningSettings | null = settings.face.turning,
): Promise<Detect> {
  const { mtcnn, ultraLight } = settings.face;
  const agreement = manifest.family === 'ultra-light' ? ultraLight.agreement : mtcnn.agreement;
  const cascade: MtcnnSettings = { ...mtcnn, faceScore: manifest.scoreThreshold, agreement };
  const opener = openers[manifest.family];
  if (!opener) throw new Failure('model-damaged', `There is no detector of the family ${manifest.family}.`);
  const propose = await opener(open, cascade);
  return createDetector(propose, await open('onet.onnx'), cascade, turning);
}

type Opener = (open: (file: string) => Promise<Network>, cascade: MtcnnSettings) => Promise<Propose>;

const looking =
  (file: string, read: ReadPlaces, looks: LookSettings): Opener =>
  async (open, cascade) =>
    createLookProposals(await open(file), read, looks, cascade);

const { ultraLight, ssdMobilenet, tinyFace } = settings.face;

const openers: Readonly<Record<string, Opener>> = {
  mtcnn: async (open, cascade) => createMtcnnProposals(await open('pnet.onnx'), await open('rnet.onnx'), cascade),
  'ultra-light': looking('ultra-light.onnx', readUltraLight, ultraLight),
  'ssd-mobilenet': looking('ssd-mobilenet.onnx', readSsdMobilenet, ssdMobilenet),
  'tiny-face': looking('tiny-face.onnx', readTinyFace, tinyFace),
};
