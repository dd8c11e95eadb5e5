/** The length of the first and of the last part of a recording whose SHA-256 identify it. */
export const hashedPartBytes = 1024 * 1024
