import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { ExplainedError } from './explained-error.ts'

const secretsSchema = z.object({
  databasePassword: z.string().min(1),
  publishableKey: z.string().startsWith('sb_publishable_'),
  secretKey: z.string().startsWith('sb_secret_'),
  /** Private ES256 key that signs sessions. */
  authJwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), d: z.string() }).loose(),
  storageJwtSecret: z.string().min(32),
  triggerSecretKey: z.string().startsWith('tr_dev_'),
  setupToken: z.string().min(16),
})

export type Secrets = z.infer<typeof secretsSchema>

/**
 * Returns the secrets of this installation. They are created on the first start and stored in the data folder, readable
 * by its owner only. Throws an ExplainedError when the file exists but is damaged, because new secrets would
 * make every account and file unusable.
 */
export function loadSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, 'secrets.json')
  let stored: string
  try {
    stored = readFileSync(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    const secrets = createSecrets()
    const draft = `${file}.draft`
    writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(draft, file)
    return secrets
  }
  try {
    return secretsSchema.parse(JSON.parse(stored))
  } catch (cause) {
    throw new ExplainedError(
      `${file} is damaged. Restore it from a backup; without it, the stored accounts and files cannot be opened.`,
      { cause },
    )
  }
}

function createSecrets(): Secrets {
  return {
    databasePassword: random(24),
    publishableKey: `sb_publishable_${random(24)}`,
    secretKey: `sb_secret_${random(24)}`,
    authJwk: createSigningKey(),
    storageJwtSecret: random(48),
    triggerSecretKey: `tr_dev_${random(24)}`,
    setupToken: random(24),
  }
}

/** Returns a random text that is safe in URLs, headers and connection strings. */
function random(bytes: number): string {
  return randomBytes(bytes).toString('base64url').replaceAll('-', 'x').replaceAll('_', 'y')
}

function createSigningKey(): Secrets['authJwk'] {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { crv, d, kty, x, y } = privateKey.export({ format: 'jwk' })
  // RFC 7638: the key id is the hash of its required members in alphabetical order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
  return secretsSchema.shape.authJwk.parse({ kty, crv, x, y, d, kid, alg: 'ES256', use: 'sig' })
}
