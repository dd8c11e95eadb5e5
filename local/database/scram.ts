import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

/** The form of a password that a server stores for SCRAM-SHA-256 (RFC 7677): it can check the password but not recover it. */
export interface ScramSecret {
  salt: Buffer
  iterations: number
  storedKey: Buffer
  serverKey: Buffer
}

export function createScramSecret(password: string): ScramSecret {
  const salt = randomBytes(16)
  const iterations = 4096
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256')
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest()
  return { salt, iterations, storedKey, serverKey: hmac(salted, 'Server Key') }
}

/** One login attempt. Each step returns the text to send to the client, or null when the login must be refused. */
export class ScramExchange {
  readonly #secret: ScramSecret
  #clientFirstBare = ''
  #serverFirst = ''
  #nonce = ''
  #channelBinding = ''

  constructor(secret: ScramSecret) {
    this.#secret = secret
  }

  /** Reads the client-first message (`n,,n=,r=…`) and returns the server-first message. */
  first(message: string): string | null {
    const match = /^([ny],[^,]*,)((?:m=[^,]*,)?n=[^,]*,r=([^,]+).*)$/s.exec(message)
    const [, header, bare, clientNonce] = match ?? []
    if (header === undefined || bare === undefined || clientNonce === undefined) return null
    this.#channelBinding = Buffer.from(header).toString('base64')
    this.#clientFirstBare = bare
    this.#nonce = clientNonce + randomBytes(18).toString('base64')
    this.#serverFirst = `r=${this.#nonce},s=${this.#secret.salt.toString('base64')},i=${this.#secret.iterations}`
    return this.#serverFirst
  }

  /** Reads the client-final message with its proof and returns the server-final message. */
  final(message: string): string | null {
    const match = /^(c=([^,]+),r=([^,]+)),p=([^,]+)$/s.exec(message)
    const [, withoutProof, binding, nonce, proofText] = match ?? []
    if (withoutProof === undefined || proofText === undefined) return null
    if (binding !== this.#channelBinding || nonce !== this.#nonce || this.#nonce === '') return null
    const authMessage = `${this.#clientFirstBare},${this.#serverFirst},${withoutProof}`
    const signature = hmac(this.#secret.storedKey, authMessage)
    const proof = Buffer.from(proofText, 'base64')
    if (proof.length !== signature.length) return null
    const readClientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)))
    const storedKey = createHash('sha256').update(readClientKey).digest()
    if (!timingSafeEqual(storedKey, this.#secret.storedKey)) return null
    return `v=${hmac(this.#secret.serverKey, authMessage).toString('base64')}`
  }
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
