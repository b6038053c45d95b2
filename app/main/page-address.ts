/** Where the desktop page lives. A scheme of its own makes it an origin that no web site can have. */
export const pageUrl = 'app://familiar/index.html';

/** Whether a URL belongs to our page. Custom schemes have no origin in Node's URL, so its parts are compared. */
export function isPageUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'app:' && parsed.host === 'familiar';
}
