import { expect } from 'vitest'
import type { TestMailServer } from '#test/start-mail-server.ts'

export interface ReceivedMail {
  subject: string
  /** The first link; empty when there is none. */
  link: string
  /** The secret of the link. */
  tokenHash: string
  /** Six digits; empty when there are none. */
  code: string
}

/** Waits until a recipient has exactly `count` mails of the local Auth service, and returns them, newest first. */
export async function readMails(
  server: TestMailServer,
  { recipient, count }: { recipient: string; count: number },
): Promise<ReceivedMail[]> {
  const received = () => server.mails.filter(({ to }) => to.includes(recipient))
  await expect.poll(received).toHaveLength(count)
  return received()
    .map(({ data }) => {
      const text = decode(data)
      const link = /https?:\/\/\S+/.exec(text)?.[0] ?? ''
      return {
        subject: /^Subject: (.*)$/m.exec(text)?.[1] ?? '',
        link,
        tokenHash: link && (new URL(link).searchParams.get('token') ?? ''),
        code: /^(?:Or type this code: )?(\d{6})$/m.exec(text)?.[1] ?? '',
      }
    })
    .reverse()
}

/** The text of a mail as it was written (RFC 2045, quoted-printable). */
function decode(data: string): string {
  if (!/^content-transfer-encoding: quoted-printable/im.test(data)) return data
  return data
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
