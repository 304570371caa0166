/** Members named in a comment: `@Ada`, `@Ada Lovelace`. */

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether a text calls a member by their whole name or its first word. An address such as `ada@example.org` calls nobody. */
export const mentions = (text: string, name: string): boolean => {
  if (!text.includes('@')) return false
  const words = name.trim().split(/\s+/)
  const [first = ''] = words
  if (first === '') return false
  const rest = words.slice(1).map(escaped).join('\\s+')
  return new RegExp(`(?<![\\p{L}\\p{N}._-])@${escaped(first)}${rest === '' ? '' : `(?:\\s+${rest})?`}(?![\\p{L}\\p{N}_])`, 'iu').test(text)
}
