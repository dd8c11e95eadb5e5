import type { DetailedError, Upload } from 'tus-js-client'
import type { UploadFailure, UploadTransport } from './upload-ports.ts'

const progressEveryMs = 250

function failureOf(error: Error | DetailedError): UploadFailure {
  if (!('originalResponse' in error) || error.originalResponse === null) {
    return { status: null, message: error.message }
  }
  return { status: error.originalResponse.getStatus(), message: error.originalResponse.getBody() }
}

/**
 * Keeps an upload on the page's own origin: the server may use another host name
 * (127.0.0.1 for localhost), which a browser would treat as another origin.
 */
export function onSameOriginAs(endpoint: string, location: string): string {
  if (/^https?:/.test(endpoint)) return location
  const { pathname, search } = new URL(location, 'http://origin.invalid')
  return pathname + search
}

/** Sends a file by the TUS protocol to a signed endpoint. Makes one attempt; the store decides about the next. */
export const sendByTus: UploadTransport = {
  send({ file, target, uploadUrl, onUrl, onProgress, onDone, onFailed }) {
    let stopped = false
    let upload: Upload | null = null
    let progressAt = 0
    let knownUrl = uploadUrl

    const begin = async () => {
      const tus = await import('tus-js-client')
      if (stopped) return
      upload = new tus.Upload(file, {
        // With an endpoint, a lost upload would silently be created again, with an old token.
        endpoint: uploadUrl === null ? target.endpoint : null,
        uploadUrl,
        chunkSize: target.chunkSizeBytes,
        retryDelays: null,
        storeFingerprintForResuming: false,
        headers: target.headers,
        metadata: { ...target.metadata, contentType: file.type || 'application/octet-stream' },
        onUploadUrlAvailable() {
          if (!upload?.url) return
          upload.url = onSameOriginAs(target.endpoint, upload.url)
          knownUrl = upload.url
          onUrl(upload.url)
        },
        onProgress(bytesSent, bytesTotal) {
          const now = Date.now()
          if (now - progressAt < progressEveryMs && bytesSent !== bytesTotal) return
          progressAt = now
          onProgress(bytesSent)
        },
        onSuccess: () => onDone(),
        onError: (error) => onFailed(failureOf(error), knownUrl === null ? 'creating' : 'sending'),
      })
      upload.start()
    }
    begin().catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      if (!stopped) onFailed({ status: null, message }, 'creating')
    })
    return {
      stop() {
        stopped = true
        // Resolves when the request has ended; no code waits for it.
        void upload?.abort(false)
      },
    }
  },
}
