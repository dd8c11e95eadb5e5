import { Client } from 'pg'

/**
 * The email address of the first owner, or null before the set-up. It needs the database alone, so that a start can ask
 * before it loads the product.
 */
export async function findOwnerEmail(connectionString: string): Promise<string | null> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ email: string }>(
      `select profiles.email from public.memberships join public.profiles on profiles.id = memberships.user_id
       where memberships.role = 'owner' order by memberships.created_at limit 1`,
    )
    return rows[0]?.email ?? null
  } finally {
    await client.end()
  }
}
