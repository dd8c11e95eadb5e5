const HEADER_BYTES = 4

/** Parses the output of pgvector's `halfvec_send`: two bytes of length, two unused, then half-precision numbers. */
export function readHalfVector(bytes: Buffer): Float32Array {
  const length = bytes.readUInt16BE(0)
  return Float32Array.from({ length }, (_, place) => readHalf(bytes.readUInt16BE(HEADER_BYTES + place * 2)))
}

function readHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
