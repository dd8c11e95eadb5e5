import type { IncomingMessage } from 'node:http'

/** Whether a request is a browser's for a page, and not a program's for data. */
export const wantsPage = ({ url, headers }: IncomingMessage): boolean =>
  headers.accept?.includes('text/html') === true && !url?.startsWith('/api/')
