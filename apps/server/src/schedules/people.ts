/** Which members the names of a schedule are. */

export interface Known {
  id: string
  name: string
  /** Lower case. */
  email: string
}

export interface Taken {
  /** As the schedule writes it. */
  name: string
  /** Null for a guest. */
  member: string | null
  /** What could not be decided, as a sentence; null where all is clear. */
  why: string | null
}

/** Letters without their marks, in lower case: "Łódź, Ada" is compared as "lodz ada". */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const words = (text: string): string[] => plain(text).split(' ').filter(Boolean)

/** Whether each word of the shorter name stands in the longer one, whole or, where it is one letter, as a beginning. */
const within = (shorter: readonly string[], longer: readonly string[]): boolean =>
  shorter.length > 0 && shorter.every(word => longer.some(other => other === word || (word.length === 1 && other.startsWith(word))))

/**
 * Who a name is: the member with that address, or of that whole name in any order, or the only one whose name holds it
 * ("Ada" for Ada Lovelace, "A. Lovelace"). Where several fit nobody is guessed.
 */
export function takenFor(name: string, members: readonly Known[]): Taken {
  const address = /[^\s<>()"]+@[^\s<>()"]+/.exec(name)?.[0].toLowerCase()
  if (address !== undefined) {
    const member = members.find(({ email }) => email === address)
    return { name, member: member?.id ?? null, why: member === undefined ? 'No member has this address.' : null }
  }
  const given = words(name)
  const whole = members.filter(member => sameWords(words(member.name), given))
  const fitting = whole.length > 0 ? whole : members.filter(member => within(given, words(member.name)) || within(words(member.name), given))
  const [only, another] = fitting
  if (only === undefined) return { name, member: null, why: null }
  if (another !== undefined) return { name, member: null, why: `It could be ${fitting.map(member => member.name).join(' or ')}.` }
  return { name, member: only.id, why: null }
}

const sameWords = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.toSorted().join(' ') === b.toSorted().join(' ')
