import pg from 'pg'

/** Returns the link of the newest email to a recipient, from the outbox of the local service. */
export async function readLink(connectionString: string, recipient: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ link: string }>(
      'select link from auth_local.outbox where recipient = $1 order by created_at desc limit 1',
      [recipient],
    )
    return rows[0]?.link ?? ''
  } finally {
    await client.end()
  }
}
