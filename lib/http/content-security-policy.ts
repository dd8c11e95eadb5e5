import { randomBytes } from 'node:crypto'

/** A value that nobody can know before the page is sent; only scripts that carry it run. */
export const createNonce = (): string => randomBytes(16).toString('base64')

const render = (directives: Record<string, string>) =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')

/**
 * The policy of a page. Scripts run only with `nonce`, or when such a script loads them. `storageUrl` is where
 * browsers reach uploads and audio; a path such as `/` means this site.
 *
 * Style elements and style sheets come from this site. Style attributes stay allowed, because the server renders
 * widths and positions that it calculates; they cannot load anything but what `img-src` and `font-src` allow.
 */
export function pagePolicy({ nonce, storageUrl }: { nonce: string; storageUrl: string }): string {
  const own = ["'self'", ...storageOrigin(storageUrl)].join(' ')
  return render({
    ...common,
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'`,
    // For browsers that do not know the two names below.
    'style-src': "'self' 'unsafe-inline'",
    'style-src-elem': "'self'",
    'style-src-attr': "'unsafe-inline'",
    'img-src': `${own} data:`,
    'media-src': `${own} blob:`,
    'connect-src': own,
    // The player makes its worker from a blob.
    'worker-src': "'self' blob:",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  })
}

/**
 * The policy of a page in a frame of another site: no script but the one that `scriptSource` names, and nothing that a
 * click there could change.
 */
export function embedPolicy({
  storageUrl,
  scriptSource,
}: {
  storageUrl: string
  scriptSource: string | null
}): string {
  const own = ["'self'", ...storageOrigin(storageUrl)].join(' ')
  return render({
    ...common,
    'default-src': "'none'",
    ...(scriptSource === null ? {} : { 'script-src': scriptSource }),
    'style-src': "'unsafe-inline'",
    'img-src': own,
    'media-src': own,
    'form-action': "'none'",
    'frame-ancestors': '*',
  })
}

const common = { 'default-src': "'self'", 'base-uri': "'none'", 'object-src': "'none'" }

function storageOrigin(storageUrl: string): string[] {
  return URL.canParse(storageUrl) ? [new URL(storageUrl).origin] : []
}
