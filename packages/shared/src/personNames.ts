/** Names of people in parts, as what cites papers wants them. */

/** A person's name in parts, or the name of a group of people. */
export type Name = { given: string; family: string; particle: string } | { literal: string }

const groupName = /\b(collaboration|consortium|team|group|project|institute|university|laborator(y|ies)|committee|network|initiative)\b/i
/** Words before a family name that are no given names. They are written in lower case. */
const particle = /^(?:d['’]|de|del|della|den|der|des|di|do|dos|du|el|la|le|ten|ter|van|vom|von|zu|zum|zur)$/
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i

/** From a name with the given name first, as Paperboard keeps them. A name of one word stands for itself. */
export const nameIn = (name: string): Name => {
  const words = name.trim().split(/\s+/)
  if (words.length < 2 || groupName.test(name) || name.includes(',')) return { literal: name.trim() }
  const end = words.length > 2 && suffix.test(words.at(-1) ?? '') ? words.length - 2 : words.length - 1
  let start = end
  while (start > 1 && particle.test(words[start - 1] ?? '')) start--
  return { given: words.slice(0, start).join(' '), particle: words.slice(start, end).join(' '), family: words.slice(end).join(' ') }
}

/** "Neumann, John von" as most formats want it. */
export const familyFirst = (name: string): string => {
  const parts = nameIn(name)
  return 'literal' in parts ? parts.literal : `${[parts.particle, parts.family].filter(Boolean).join(' ')}, ${parts.given}`
}
