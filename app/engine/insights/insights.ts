import type { EngineContext, Subject } from '../context.ts';
import { createLibraryEvaluation } from '../evaluate/evaluate-library.ts';
import type { People } from '../people/people.ts';
import type { Recognition } from '../recognition.ts';
import { createCalibration } from './calibration.ts';
import { createFaceMap } from './face-map.ts';
import { createPeopleQuality } from './people-quality.ts';
import { createPreview } from './preview.ts';

type Known = Pick<People, 'indexReady' | 'indexWhole' | 'questions' | 'history'>;

/**
 * What the library knows of its own recognition: how good it is, for whom, and by which distances it should group.
 * @param standard the recognition before any calibration
 */
export function createInsights(
  context: EngineContext,
  people: Known,
  standard: () => Recognition,
): Subject<
  | 'evaluate.library'
  | 'insights.people'
  | 'insights.map'
  | 'insights.preview'
  | 'insights.calibration'
  | 'insights.calibrate'
> {
  const { indexReady, indexWhole, questions, history } = people;
  return {
    handlers: {
      ...createLibraryEvaluation(context, indexWhole).handlers,
      ...createPreview(context, indexReady).handlers,
      ...createCalibration(context, { standard, indexWhole, history }).handlers,
      ...createFaceMap(context, indexWhole).handlers,
      ...createPeopleQuality(context, indexWhole, questions).handlers,
    },
  };
}
