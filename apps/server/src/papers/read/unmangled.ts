/** UTF-8 that was once taken for Windows-1252 and saved so: `CafÃ©` is `Café`, `â€“` is `–`. */

/** The signs that Windows-1252 has at 0x80 to 0x9f; what is not assigned there stands for itself. */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const byteOf = new Map([...high].map((sign, at) => [sign, 0x80 + at]))
const run = new RegExp(`[\\u0080-\\u00ff${high}]{2,}`, 'g')
/** What no language writes: a capital A with a tilde or circumflex before a sign, and the beginnings of dashes and quotes. */
const mangled = new RegExp(`Ã[\\u0080-\\u00bf${high}]|Â[\\u00a0-\\u00bf]|â€`)

/** The text as it was meant. What is not plainly mangled stays as it is, sign by sign. */
export const unmangled = (text: string): string => (mangled.test(text) ? text.replace(run, decoded) : text)

const decoded = (signs: string): string => {
  const bytes = Uint8Array.from(signs, sign => byteOf.get(sign) ?? sign.charCodeAt(0))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return signs
  }
}
