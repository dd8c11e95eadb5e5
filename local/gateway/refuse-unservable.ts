import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { sendJson } from '../http/send-json.ts'
import { wantsPage } from './wants-page.ts'

/** Far longer than any path of Selah. The web server repeats a path in two headers of a redirect, which have 16 KB together. */
const maxPathBytes = 4_000
/** The page of the web server that explains an address that cannot be read; it answers with 400. */
const badAddressPath = '/bad-address'
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Answers requests that the web server could only fail on: unknown methods, and addresses that are too long or not
 * percent-encoded text. Returns whether it answered. A browser that opens a page at an address that is not text is sent
 * the page that explains this.
 */
export function refuseUnservable(req: IncomingMessage, res: ServerResponse): boolean {
  if (!methods.includes(req.method ?? '')) {
    const allow = methods.join(', ')
    const message = `This address does not support that method. It supports ${allow}.`
    sendJson(res, 405, { error: { code: 'method_not_allowed', message } }, { allow })
    return true
  }
  if (Buffer.byteLength((req.url ?? '/').split('?', 1)[0] ?? '') > maxPathBytes) {
    sendJson(res, 414, { error: { code: 'too_large', message: 'This address is too long.' } })
    return true
  }
  if (!isDecodable(req.url ?? '/')) {
    if (wantsPage(req) && ['GET', 'HEAD'].includes(req.method ?? '')) {
      req.url = badAddressPath
      return false
    }
    sendJson(res, 400, { error: { code: 'bad_request', message: 'This address is not well-formed.' } })
    return true
  }
  return false
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}

const unreadable: Record<string, { status: string; code: string; message: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'too_large',
    message: 'The address or the headers of this request are too long.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    code: 'timeout',
    message: 'This request did not arrive in time.',
  },
}
const malformed = { status: '400 Bad Request', code: 'bad_request', message: 'This is not an HTTP request.' }

/** How long a client may continue to send after the answer that its request cannot be served. */
const lingerMs = 2_000
const alreadyAnswered = new WeakSet<Duplex>()

/** Answers bytes that are not a request, in the same form as every other error, and closes the connection. */
export function answerUnreadable(error: Error, socket: Duplex): void {
  // The rest of the bytes is unreadable too.
  if (alreadyAnswered.has(socket)) return
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const code = 'code' in error ? String(error.code) : ''
  const { status, ...reason } = unreadable[code] ?? malformed
  const body = JSON.stringify({ error: reason })
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  alreadyAnswered.add(socket)
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  // Reads to the end: closing with unread bytes resets the connection, and the client may lose the answer.
  socket.resume()
  const cut = setTimeout(() => socket.destroy(), lingerMs).unref()
  socket.once('close', () => clearTimeout(cut))
}
