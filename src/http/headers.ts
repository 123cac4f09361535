/** What every answer says to a browser, page, file or error: nothing is kept, runs, is framed, or is told to the next page. */
export const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  // Heeded where there is TLS in front, and nowhere else.
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  // For browsers that do not know `frame-ancestors`.
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
}
