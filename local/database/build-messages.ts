/** Message types of the Postgres protocol. */
export const frontend = {
  bind: 0x42,
  close: 0x43,
  copyData: 0x64,
  copyDone: 0x63,
  copyFail: 0x66,
  describe: 0x44,
  execute: 0x45,
  flush: 0x48,
  functionCall: 0x46,
  parse: 0x50,
  password: 0x70,
  query: 0x51,
  sync: 0x53,
  terminate: 0x58,
} as const

export const backend = {
  commandComplete: 0x43,
  error: 0x45,
  notification: 0x41,
  parseComplete: 0x31,
  readyForQuery: 0x5a,
} as const

/** The transaction status at the end of a ReadyForQuery message. */
export const status = { idle: 0x49, inTransaction: 0x54, failed: 0x45 } as const

export function buildMessage(type: number, ...parts: (Buffer | string)[]): Buffer {
  const chunks = parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part))
  const bodyBytes = chunks.reduce((total, chunk) => total + chunk.length, 0)
  const header = Buffer.allocUnsafe(5)
  header.writeUInt8(type, 0)
  header.writeUInt32BE(bodyBytes + 4, 1)
  return Buffer.concat([header, ...chunks], bodyBytes + 5)
}

export function buildQuery(sql: string): Buffer {
  return buildMessage(frontend.query, sql)
}

export const syncMessage = buildMessage(frontend.sync)

export function buildCloseStatement(name: string): Buffer {
  return buildMessage(frontend.close, Buffer.from('S'), name)
}

/** A Parse that always fails. It aborts an implicit transaction; a Sync without it would commit. */
export const failingParse = buildMessage(frontend.parse, '', 'the client has disconnected', int16(0))

export function buildError(
  severity: 'ERROR' | 'FATAL',
  code: string,
  message: string,
  hint?: string,
): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${code}`, `M${message}`, ...(hint ? [`H${hint}`] : [])]
  return buildMessage(backend.error, ...fields, Buffer.from([0]))
}

export function buildReadyForQuery(): Buffer {
  return buildMessage(backend.readyForQuery, Buffer.from([status.idle]))
}

export function buildAuthentication(kind: number, body: Buffer = Buffer.alloc(0)): Buffer {
  return buildMessage(0x52, int32(kind), body)
}

export function buildParameterStatus(name: string, value: string): Buffer {
  return buildMessage(0x53, name, value)
}

export function buildBackendKeyData(processId: number, secretKey: number): Buffer {
  return buildMessage(0x4b, int32(processId), int32(secretKey))
}

export function buildNegotiateProtocolVersion(unknownOptions: string[]): Buffer {
  return buildMessage(0x76, int32(0), int32(unknownOptions.length), ...unknownOptions)
}

function int16(value: number): Buffer {
  const buffer = Buffer.allocUnsafe(2)
  buffer.writeInt16BE(value)
  return buffer
}

function int32(value: number): Buffer {
  const buffer = Buffer.allocUnsafe(4)
  buffer.writeInt32BE(value | 0)
  return buffer
}
