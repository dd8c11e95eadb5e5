import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Client } from 'pg'
import { z } from 'zod'
import type { ServiceClient } from '#lib/auth/create-service-client.ts'
import { type ArchiveManifest, usersName } from './archive-manifest.ts'

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

/** Writes the accounts to the archive, and returns how many there are and the hash of the file. */
export async function dumpUsers(
  client: Client,
  folder: string,
): Promise<{ users: number; usersSha256: string }> {
  const users = await readUsers(client)
  const lines = users.map((user) => `${JSON.stringify(user)}\n`).join('')
  await writeFile(path.join(folder, usersName), lines, { mode: 0o600 })
  return { users: users.length, usersSha256: sha256(lines) }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Creates the accounts of the archive that do not exist, with their ids and the hashes of their passwords, and checks
 * that all exist. Throws when an address belongs to an account with another id, and before it creates any when the file is not as
 * it was written.
 */
export async function loadUsers(
  supabase: ServiceClient,
  { folder, manifest }: { folder: string; manifest: Pick<ArchiveManifest, 'users' | 'usersSha256'> },
): Promise<number> {
  const text = await readFile(path.join(folder, usersName), 'utf8')
  const lines = text.split('\n').filter(Boolean)
  const isAsWritten = manifest.usersSha256 === undefined || manifest.usersSha256 === sha256(text)
  if (lines.length !== manifest.users || !isAsWritten) {
    throw new Error(`The archive is damaged: ${usersName} differs. Export it again.`)
  }
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
