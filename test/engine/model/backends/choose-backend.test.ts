import { describe, expect, it } from 'vitest';

import type { BackendName } from '../../../../app/engine/model/backends/backends.ts';
import { chooseBackend } from '../../../../app/engine/model/backends/choose-backend.ts';
import type { Probe } from '../../../../app/engine/model/backends/probe-backend.ts';

const measured = (backend: BackendName, facesPerSecond: number, detectMs: number): Probe => ({
  backend,
  measures: { device: 'processor', facesPerSecond, detectMs, deviation: 1e-7, difference: 1e-6 },
  problem: null,
});
const failed = (backend: BackendName): Probe => ({ backend, measures: null, problem: 'It aborted.' });

describe('the choice of a backend', () => {
  it('stays with the default where another is hardly faster', () => {
    const { chosen, reasons } = chooseBackend([measured('ort-cpu', 100, 20), measured('tensorflow', 110, 18)]);
    expect(chosen).toBe('ort-cpu');
    expect(reasons.get('tensorflow')).toBe('Faster than ONNX Runtime, but not clearly: by 11 %.');
  });

  it('goes to one that is clearly faster for a typical photo', () => {
    const { chosen, reasons } = chooseBackend([
      measured('ort-cpu', 100, 20),
      measured('ort-cuda', 2000, 8),
      measured('wasm', 30, 80),
    ]);
    expect(chosen).toBe('ort-cuda');
    expect(reasons.get('ort-cuda')).toMatch(/^3\.8 times as fast as ONNX Runtime/);
    expect(reasons.get('wasm')).toMatch(/as long as with ONNX Runtime with CUDA/);
  });

  it('weighs detection as well as embedding', () => {
    expect(chooseBackend([measured('ort-cpu', 100, 20), measured('tensorflow', 1000, 60)]).chosen).toBe('ort-cpu');
  });

  it('takes the fastest of the others where the default itself does not work', () => {
    const probes = [failed('ort-cpu'), measured('tensorflow', 50, 40), measured('wasm', 30, 80)];
    expect(chooseBackend(probes).chosen).toBe('tensorflow');
    expect(chooseBackend(probes).reasons.get('ort-cpu')).toBe('It aborted.');
  });

  it('is the default where nothing was measured or nothing works', () => {
    expect(chooseBackend([]).chosen).toBe('ort-cpu');
    expect(chooseBackend([failed('ort-cpu'), failed('wasm')]).chosen).toBe('ort-cpu');
  });
});
