/** Every failure with a name in the Storage protocol, with the status that its body contains. */
const catalogue = {
  NoSuchKey: { status: 404, error: 'not_found' },
  NoSuchBucket: { status: 404, error: 'Bucket not found' },
  NoSuchUpload: { status: 404, error: 'not_found' },
  UploadClosed: { status: 410, error: 'Gone' },
  BucketAlreadyExists: { status: 409, error: 'Duplicate' },
  BucketNotEmpty: { status: 409, error: 'InvalidRequest' },
  KeyAlreadyExists: { status: 409, error: 'Duplicate' },
  InvalidKey: { status: 400, error: 'InvalidKey' },
  InvalidBucketName: { status: 400, error: 'InvalidBucketName' },
  InvalidRequest: { status: 400, error: 'Error' },
  InvalidJWT: { status: 400, error: 'InvalidJWT' },
  InvalidSignature: { status: 400, error: 'InvalidSignature' },
  InvalidMimeType: { status: 415, error: 'invalid_mime_type' },
  EntityTooLarge: { status: 413, error: 'Payload too large' },
  DiskFull: { status: 507, error: 'Insufficient Storage' },
  AccessDenied: { status: 403, error: 'Unauthorized' },
  FeatureNotEnabled: { status: 403, error: 'FeatureNotEnabled' },
  InvalidRange: { status: 416, error: 'InvalidRange' },
  NotFound: { status: 404, error: 'Not Found' },
} as const

export type StorageErrorCode = keyof typeof catalogue

/** A failure with a name in the Storage protocol. */
export class StorageError extends Error {
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string) {
    super(message)
    this.name = 'StorageError'
    this.code = code
  }

  get status(): number {
    return catalogue[this.code].status
  }

  /** Most failures are sent as HTTP 400 with the real status in the body, as the SDK expects. */
  get httpStatus(): number {
    return this.code === 'InvalidRange' || this.code === 'NotFound' ? this.status : 400
  }

  toJSON(): { statusCode: string; error: string; message: string; code: StorageErrorCode } {
    return {
      statusCode: String(this.status),
      error: catalogue[this.code].error,
      message: this.message,
      code: this.code,
    }
  }
}

export function objectNotFound(): StorageError {
  return new StorageError('NoSuchKey', 'Object not found')
}

export function uploadClosed(): StorageError {
  return new StorageError(
    'UploadClosed',
    'This upload was closed, because the file it belongs to was removed. Request a new upload.',
  )
}

export function bucketNotFound(): StorageError {
  return new StorageError('NoSuchBucket', 'Bucket not found')
}

export function alreadyExists(): StorageError {
  return new StorageError('KeyAlreadyExists', 'The resource already exists')
}

export function writeDenied(): StorageError {
  return new StorageError('AccessDenied', 'new row violates row-level security policy')
}

export function tooLarge(): StorageError {
  return new StorageError('EntityTooLarge', 'The object exceeded the maximum allowed size')
}
