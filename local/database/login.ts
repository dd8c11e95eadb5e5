import type { Socket } from 'node:net'
import {
  buildAuthentication,
  buildBackendKeyData,
  buildError,
  buildNegotiateProtocolVersion,
  buildParameterStatus,
  buildReadyForQuery,
  frontend,
} from './build-messages.ts'
import { FramingError, MessageFramer, readStartupPacket, type StartupPacket } from './frame-messages.ts'
import { readName } from './name-statements.ts'
import { ScramExchange, type ScramSecret } from './scram.ts'
import { readStartupSettings } from './startup-settings.ts'

export interface LoginContext {
  connectionId: number
  /** The secret that a cancel request for this connection must contain. */
  cancelKey: number
  secret: ScramSecret
  parameters: [name: string, value: string][]
  /** Whether the connection limit allows another client. */
  isBelowLimit: boolean
  onCancelRequest: (connectionId: number, cancelKey: number) => void
}

const role = 'postgres'
const database = 'postgres'
const loginLimitMs = 10_000
const maxPasswordMessageBytes = 4_096
const authentication = { ok: 0, sasl: 10, saslContinue: 11, saslFinal: 12 }
const mechanism = 'SCRAM-SHA-256'

/** Builds the answer to a successful login: the parameters of the session, its cancel key, ReadyForQuery. */
export function buildSessionStart(
  context: LoginContext,
  parameters: [name: string, value: string][],
): Buffer {
  return Buffer.concat([
    ...parameters.map(([name, value]) => buildParameterStatus(name, value)),
    buildParameterStatus('session_authorization', role),
    buildBackendKeyData(context.connectionId, context.cancelKey),
    buildReadyForQuery(),
  ])
}

/**
 * The login of a connection. It is answered here because Postgres itself would accept every client as superuser,
 * and the client's start-up settings would apply to all clients.
 */
export class Login {
  readonly #context: LoginContext
  readonly #socket: Socket
  readonly #exchange: ScramExchange
  readonly #timer: NodeJS.Timeout
  readonly #framer = new MessageFramer(maxPasswordMessageBytes)
  #step: 'startup' | 'first' | 'final' | 'finished' = 'startup'
  #startup: Buffer = Buffer.alloc(0)
  #user = ''
  #settings = new Map<string, string>()

  constructor(context: LoginContext, socket: Socket) {
    this.#context = context
    this.#socket = socket
    this.#exchange = new ScramExchange(context.secret)
    this.#timer = setTimeout(() => this.#refuse('08006', 'the login took too long'), loginLimitMs)
  }

  cancel(): void {
    clearTimeout(this.#timer)
  }

  /** Returns the start-up settings once the login has succeeded, or null before that and after a refusal. */
  receive(chunk: Buffer): Map<string, string> | null {
    if (this.#step === 'finished') return null
    if (this.#step !== 'startup') return this.#authenticate(chunk)
    this.#startup = this.#startup.length === 0 ? chunk : Buffer.concat([this.#startup, chunk])
    for (;;) {
      const read = readStartupPacket(this.#startup)
      if (read === null) return null
      this.#startup = read.rest
      if (read.packet.kind === 'encryption') {
        this.#socket.write('N')
        continue
      }
      if (read.packet.kind === 'cancel') {
        this.#finish()
        this.#context.onCancelRequest(read.packet.connectionId, read.packet.cancelKey)
        this.#socket.end()
        return null
      }
      this.#answerStartup(read.packet)
      return read.rest.length > 0 ? this.receive(read.rest) : null
    }
  }

  #answerStartup(packet: Extract<StartupPacket, { kind: 'startup' }>): void {
    const { parameters } = packet
    this.#user = parameters.get('user') ?? ''
    const requested = parameters.get('database') ?? this.#user
    if (parameters.has('replication')) {
      this.#refuse('0A000', 'replication is not available here')
      return
    }
    if (requested !== database) {
      this.#refuse('3D000', `database "${requested}" does not exist`)
      return
    }
    const settings = readStartupSettings(parameters)
    if (!(settings instanceof Map)) {
      this.#refuse(settings.code, settings.message)
      return
    }
    this.#settings = settings
    if (!this.#context.isBelowLimit) {
      this.#refuse('53300', 'too many clients are connected already')
      return
    }
    const extensions = [...parameters.keys()].filter((name) => name.startsWith('_pq_.'))
    if (packet.minorVersion > 0 || extensions.length > 0) {
      this.#socket.write(buildNegotiateProtocolVersion(extensions))
    }
    this.#socket.write(buildAuthentication(authentication.sasl, Buffer.from(`${mechanism}\0\0`)))
    this.#step = 'first'
  }

  #authenticate(chunk: Buffer): Map<string, string> | null {
    const [message, ...more] = this.#framer.push(chunk)
    if (message === undefined) return null
    // A client waits for each answer, so a second message is an error.
    if (message.type !== frontend.password || more.length > 0) throw new FramingError('expected a password')
    if (this.#step === 'first') {
      const chosen = readName(message.bytes, 5)
      const first =
        chosen.text === mechanism
          ? this.#exchange.first(message.bytes.toString('utf8', chosen.end + 4))
          : null
      if (first === null) return this.#wrongPassword()
      this.#socket.write(buildAuthentication(authentication.saslContinue, Buffer.from(first)))
      this.#step = 'final'
      return null
    }
    const final = this.#exchange.final(message.bytes.toString('utf8', 5))
    if (final === null || this.#user !== role) return this.#wrongPassword()
    this.#finish()
    const accepted = [
      buildAuthentication(authentication.saslFinal, Buffer.from(final)),
      buildAuthentication(authentication.ok),
    ]
    this.#socket.write(Buffer.concat(accepted))
    return this.#settings
  }

  #wrongPassword(): null {
    this.#refuse('28P01', `password authentication failed for user "${this.#user}"`)
    return null
  }

  #refuse(code: string, message: string): void {
    this.#finish()
    this.#socket.end(buildError('FATAL', code, message))
  }

  #finish(): void {
    this.cancel()
    this.#step = 'finished'
  }
}
