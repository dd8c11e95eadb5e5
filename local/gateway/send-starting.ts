import type { IncomingMessage, ServerResponse } from 'node:http'
import { wantsPage } from './wants-page.ts'

const page = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>Selah is starting…</title>
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; min-height: 100dvh; display: grid; place-items: center; font: 1.0625rem/1.6 Georgia, serif; }
  main { max-width: 26rem; padding: 2rem; text-align: center; }
  h1 { font-size: 1.5rem; font-weight: 500; }
  p { opacity: 0.75; }
</style>
</head>
<body><main role="status"><h1>Selah is starting…</h1><p>This takes a few seconds. This page then opens automatically.</p></main></body>
</html>
`

/** Reports that the web server is starting or restarting: a page for browsers, JSON for programs. */
export function sendStarting(req: IncomingMessage | undefined, res: ServerResponse): void {
  const isPage = req !== undefined && wantsPage(req)
  const body = isPage
    ? page
    : JSON.stringify({
        error: { code: 'unavailable', message: 'Selah is starting. Please try again in a few seconds.' },
      })
  res.writeHead(503, {
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'retry-after': '2',
  })
  res.end(req?.method === 'HEAD' ? undefined : body)
}
