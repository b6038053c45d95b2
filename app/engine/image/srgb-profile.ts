/** Where sRGB's red, green and blue lie, X, Y, Z under the light of ICC profiles, D50 (IEC 61966-2-1, Bradford). */
const primaries = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
} as const;
/** How far a profile's numbers may be from these: sRGB profiles differ by 0.0005, Display P3 by 0.08. */
const nearPrimary = 0.002;
/** The same for the share of light, 0 to 1, of a value; Adobe RGB and a plain gamma of 2.2 differ by 0.004 and more. */
const nearCurve = 0.001;
const curvePoints = 32;

/**
 * Whether an ICC profile says what is meant without one: sRGB, by its primaries and curves rather than by its name.
 * Such a picture need not be converted, which takes more than twice the time of decoding a JPEG.
 */
export function isSrgb(icc: Uint8Array): boolean {
  const profile = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  try {
    const tags = readTags(profile);
    const isMatrix = textAt(profile, 16) === 'RGB ' && textAt(profile, 20) === 'XYZ ' && !tags.has('A2B0');
    return (
      isMatrix &&
      hasPrimaries(profile, tags) &&
      ['rTRC', 'gTRC', 'bTRC'].every((name) => hasCurve(profile, tags.get(name)))
    );
  } catch (error) {
    // Numbers outside the profile: it is cut off or wrong, and for the decoder to judge.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Where the parts of the profile begin, by name. */
function readTags(profile: DataView): Map<string, number> {
  const count = Math.min(profile.getUint32(128), 100);
  return new Map(
    Array.from({ length: count }, (_, i) => [textAt(profile, 132 + 12 * i), profile.getUint32(136 + 12 * i)]),
  );
}

function hasPrimaries(profile: DataView, tags: ReadonlyMap<string, number>): boolean {
  return Object.entries(primaries).every(([name, wanted]) => {
    const at = tags.get(name);
    return (
      at !== undefined && wanted.every((value, i) => Math.abs(fixedAt(profile, at + 8 + 4 * i) - value) < nearPrimary)
    );
  });
}

function hasCurve(profile: DataView, at: number | undefined): boolean {
  if (at === undefined) return false;
  const kind = textAt(profile, at);
  const curve = kind === 'curv' ? sampledCurve(profile, at) : kind === 'para' ? formulaCurve(profile, at) : undefined;
  if (!curve) return false;
  const points = Array.from({ length: curvePoints + 1 }, (_, i) => i / curvePoints);
  return points.every((value) => Math.abs(curve(value) - srgbLight(value)) < nearCurve);
}

type Curve = (value: number) => number;

const srgbLight: Curve = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** A table of light from the least value to the most. */
function sampledCurve(profile: DataView, at: number): Curve | undefined {
  const last = profile.getUint32(at + 8) - 1;
  // One number is a gamma, and none a line: sRGB is neither.
  if (last < 1) return undefined;
  const light = (i: number): number => profile.getUint16(at + 12 + 2 * Math.min(i, last)) / 65_535;
  return (value) => {
    const place = value * last;
    const below = Math.floor(place);
    return light(below) + (light(below + 1) - light(below)) * (place - below);
  };
}

/** ICC's third formula: (a·value + b)^g from d on, c·value below. */
function formulaCurve(profile: DataView, at: number): Curve | undefined {
  if (profile.getUint16(at + 8) !== 3) return undefined;
  const number = (i: number): number => fixedAt(profile, at + 12 + 4 * i);
  const [g, a, b, c, d] = [number(0), number(1), number(2), number(3), number(4)];
  return (value) => (value >= d ? (a * value + b) ** g : c * value);
}

function fixedAt(profile: DataView, at: number): number {
  return profile.getInt32(at) / 65_536;
}

function textAt(profile: DataView, at: number): string {
  return String.fromCharCode(
    profile.getUint8(at),
    profile.getUint8(at + 1),
    profile.getUint8(at + 2),
    profile.getUint8(at + 3),
  );
}
