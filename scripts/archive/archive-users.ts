import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Client } from 'pg'
import { z } from 'zod'
import type { ServiceClient } from '#lib/auth/create-service-client.ts'
import { usersName } from './archive-manifest.ts'

const userSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  password_hash: z.string().nullable(),
  email_confirm: z.boolean(),
  user_metadata: z.record(z.string(), z.unknown()),
})
type ArchivedUser = z.infer<typeof userSchema>

/** Reads the accounts with the hashes of their passwords, from the database of Auth. */
async function readUsers(client: Client): Promise<ArchivedUser[]> {
  const { rows } = await client.query(
    `select id, email, nullif(encrypted_password, '') as password_hash,
            email_confirmed_at is not null as email_confirm, coalesce(raw_user_meta_data, '{}') as user_metadata
       from auth.users where deleted_at is null and email is not null order by id`,
  )
  return z.array(userSchema).parse(rows)
}

/** Writes the accounts to the archive and returns how many there are. */
export async function dumpUsers(client: Client, folder: string): Promise<number> {
  const users = await readUsers(client)
  const lines = users.map((user) => `${JSON.stringify(user)}\n`).join('')
  await writeFile(path.join(folder, usersName), lines, { mode: 0o600 })
  return users.length
}

/**
 * Creates the accounts of the archive that do not exist, with their ids and the hashes of their passwords, and checks
 * that all exist. Throws when an address belongs to an account with another id.
 */
export async function loadUsers(supabase: ServiceClient, folder: string): Promise<number> {
  const lines = (await readFile(path.join(folder, usersName), 'utf8')).split('\n').filter(Boolean)
  for (const line of lines) {
    const user = userSchema.parse(JSON.parse(line))
    const { id, email, password_hash, email_confirm, user_metadata } = user
    const found = await supabase.auth.admin.getUserById(id)
    if (found.data.user?.email === email) continue
    const { error } = await supabase.auth.admin.createUser({
      id,
      email,
      email_confirm,
      user_metadata,
      ...(password_hash === null ? {} : { password_hash }),
    })
    if (error)
      throw new Error(`The account of ${email} could not be created: ${error.message}`, { cause: error })
  }
  return lines.length
}
