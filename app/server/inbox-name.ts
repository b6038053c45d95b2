/** Longest name of a file on common file systems, in bytes of UTF-8, less what a number in brackets takes. */
const maxNameBytes = 240;
const maxDepth = 16;
/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A relative path that every file system takes and that leads nowhere but down, from a name that a page sent:
 * `../../a:b.jpg` becomes `a_b.jpg`.
 * @returns the segments, the file's name last; never empty
 */
export function safeSegments(name: string): string[] {
  const segments = name
    .split(/[/\\]+/)
    .map(safeSegment)
    .filter((segment) => segment !== '');
  if (segments.length === 0) return ['photo'];
  return segments.slice(-maxDepth);
}

function safeSegment(segment: string): string {
  const plain = segment
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '_')
    // A leading point hides a file, a trailing one or a space is lost on Windows.
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return shorten(reserved.test(plain) ? `_${plain}` : plain);
}

/** Cuts the stem, so that the extension stays. */
function shorten(segment: string): string {
  const extension = /\.[^.]{1,16}$/.exec(segment)?.[0] ?? '';
  const stem = Array.from(segment.slice(0, segment.length - extension.length));
  while (Buffer.byteLength(stem.join('') + extension) > maxNameBytes) stem.pop();
  return stem.join('') + extension;
}
