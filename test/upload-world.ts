import { createAutosave } from '#components/autosave/create-autosave.ts'
import type { FileIdentity } from '#components/upload/identify-file.ts'
import type {
  RememberedFile,
  UploadFailure,
  UploadPorts,
  UploadRecord,
} from '#components/upload/upload-ports.ts'
import type { SermonFields } from '#lib/sermons/sermon-fields.ts'

type Sending = Parameters<UploadPorts['transport']['send']>[0] & { stopped: boolean }

const contents = new WeakMap<File, string>()
export function recording(name: string, content = name.padEnd(10, '.').slice(0, 10), lastModified = 1000) {
  const file = new File([content], name, { lastModified })
  contents.set(file, content)
  return { file }
}
/** Like the browser, but synchronous: the ends of the text are used instead of their hashes. */
function identityOf(file: File): FileIdentity {
  const content = contents.get(file) ?? ''
  const partHashes = { first: content.slice(0, 3), last: content.slice(-3) }
  return { name: file.name, sizeBytes: file.size, lastModified: file.lastModified, partHashes }
}

/** A server, a network and a browser's storage that a test controls. */
export function createWorld() {
  const calls: string[] = []
  const sendings: Sending[] = []
  const records = new Map<string, UploadRecord>()
  const files = new Map<string, RememberedFile>()
  const claimed = new Set<string>()
  const saved: Partial<SermonFields>[] = []
  const onServer = new Map<string, SermonFields>()
  const failNext: Record<string, UploadFailure | Error> = {}
  const reported: unknown[] = []
  const gone = new Set<File>()
  const signed = (token: string) => ({
    endpoint: '/e',
    headers: { 'x-signature': token },
    metadata: {},
    chunkSizeBytes: 6,
  })
  let made = 0
  let tokens = 1

  const answer = (call: string, id: string) => {
    calls.push(`${call} ${id}`)
    const failure = failNext[call]
    if (!failure) return
    delete failNext[call]
    throw failure
  }
  const ports: UploadPorts = {
    api: {
      async createSermon(file, fields) {
        answer('create', file.fileName)
        made += 1
        onServer.set(`s${made}`, fields)
        return { sermonId: `s${made}`, version: '1', target: signed('t1') }
      },
      async replaceRecording(sermonId) {
        answer('replace', sermonId)
        return signed('t1')
      },
      async renewTarget(sermonId) {
        answer('renew', sermonId)
        tokens += 1
        return signed(`t${tokens}`)
      },
      async readFields(sermonId) {
        answer('read', sermonId)
        const fields = onServer.get(sermonId)
        if (!fields) throw Object.assign(new Error('There is no such sermon.'), { status: 404 })
        return { fields, version: '9' }
      },
      async completeUpload(sermonId) {
        answer('complete', sermonId)
      },
      async removeSermon(sermonId) {
        answer('remove', sermonId)
      },
      findSame: async () => null,
    },
    transport: {
      send(request) {
        const sending = { ...request, stopped: false }
        sendings.push(sending)
        return {
          stop() {
            sending.stopped = true
          },
        }
      },
    },
    memory: {
      list: async () => [...records.values()],
      put: async (record) => void records.set(record.sermonId, record),
      keepFile: async (sermonId, file) => void files.set(sermonId, { kind: 'file', file }),
      findFile: async (sermonId) => files.get(sermonId) ?? { kind: 'missing' },
      remove: async (sermonId) => {
        records.delete(sermonId)
        files.delete(sermonId)
      },
      claim: async (sermonId) => {
        if (claimed.has(sermonId)) return null
        claimed.add(sermonId)
        return () => claimed.delete(sermonId)
      },
    },
    refuse: async (file) => (file.name.endsWith('.pdf') ? { kind: 'refused', message: 'isPdf' } : null),
    readTags: async () => ({}),
    identify: async (file) => (gone.has(file) ? null : identityOf(file)),
    openAutosave: (sermonId, start) =>
      createAutosave(start, {
        async save(changes) {
          answer('save', sermonId)
          saved.push(changes)
          return { version: '2' }
        },
        refuse: () => null,
        explain: () => ({ reason: { message: 'noAnswer' }, isTemporary: true }),
        drafts: { read: () => null, write: () => true, remove: () => undefined },
      }),
    now: () => Date.now(),
    report: (error) => void reported.push(error),
  }
  return { ports, calls, sendings, records, files, claimed, saved, failNext, reported, gone, onServer }
}
