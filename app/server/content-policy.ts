/**
 * The Content-Security-Policy of the page: nothing from elsewhere, no inline script. Inline styles are
 * allowed because a virtual list places its rows by them.
 */
export function contentPolicy(sources: {
  readonly images: readonly string[];
  readonly connect: readonly string[];
}): string {
  return [
    "default-src 'self'",
    ["img-src 'self' data: blob:", ...sources.images].join(' '),
    "style-src 'self' 'unsafe-inline'",
    ["connect-src 'self'", ...sources.connect].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
