import type { Pool, PoolClient } from 'pg'
import type { ApiKeys } from '../api-keys/identify-caller.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { RateLimits } from './limit-rate.ts'
import type { Passwords } from './passwords.ts'

/**
 * Who may create accounts. off: owners only. link: anyone, by a link in an email and without a password. confirm: anyone,
 * after confirming by email. open: anyone, without confirmation.
 */
export const signUpModes = ['off', 'link', 'confirm', 'open'] as const
export type SignUp = (typeof signUpModes)[number]

export interface AuthContext {
  pool: Pool
  keys: ApiKeys
  accessTokens: AccessTokens
  passwords: Passwords
  limits: RateLimits
  /** The address where people open the site; links in emails start with it. */
  siteUrl: string
  /** Whether there is a mail server. Without one, what needs an email is refused. */
  sendsEmails: boolean
  signUp: SignUp
  /** How long a used refresh token is still accepted, for answers that were lost on the way. */
  reuseSeconds: number
}

export type Queryable = Pick<PoolClient, 'query'>

/** Runs `work` in one transaction on one connection. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (tx: Queryable) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}
