/** Text from the bytes of a file, whatever program has saved it. */

/**
 * UTF-8 and UTF-16 by their marks, UTF-8 where it is valid, and else Windows-1252, in which spreadsheets save on many
 * machines: every byte is a letter there, so nothing is lost, though a text of another code page looks odd.
 */
export const decodeText = (bytes: Uint8Array): string => {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
