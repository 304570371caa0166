import styles from './Avatar.module.css'
import { tip } from './Tooltip.tsx'

/** "Ada Lovelace" → "AL", "ada" → "A". Split by code point, so that no letter is cut in two. */
const initials = (name: string) => {
  // What stands in brackets behind a name is not of it.
  const words = name
    .replace(/\s*\(.*\)$/, '')
    .trim()
    .split(/\s+/)
  const first = [...(words[0] ?? '')][0] ?? '?'
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toUpperCase()
}

/** A hue (degrees) for a member: the same on every screen, since it follows from the id. Twenty, to be told apart. */
export const memberHue = (id: string): number => {
  let hash = 0
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0
  return (hash % 20) * 18
}

const hue = (id: string): Record<`--${string}`, number> => ({ '--hue': memberHue(id) })

interface Who {
  id: string
  name: string
}

/** A member's initials in their colour. Decorative beside the written name; `named` gives it a name and a tooltip where it stands alone. */
export function Avatar({ id, name, size = 'medium', named = false }: Who & { size?: 'small' | 'medium' | 'large'; named?: boolean }) {
  const role = named ? { role: 'img', 'aria-label': name, ...tip(name) } : { 'aria-hidden': true }
  return (
    <span className={`${styles.avatar} ${styles[size]}`} style={hue(id)} {...role}>
      {initials(name)}
    </span>
  )
}

/** Several members, overlapping; those past `max` are counted. `label` says what they are: "Here now: Ada, Grace". */
export function AvatarStack({ people, label, max = 4, size = 'small' }: { people: readonly Who[]; label: string; max?: number; size?: 'small' | 'medium' }) {
  if (people.length === 0) return null
  const shown = people.slice(0, people.length > max ? max - 1 : max)
  return (
    <span className={styles.stack} role="img" aria-label={label} {...tip(label)}>
      {shown.map(({ id, name }) => (
        <Avatar key={id} id={id} name={name} size={size} />
      ))}
      {people.length > shown.length && (
        <span className={`${styles.avatar} ${styles[size]} ${styles.more}`}>
          {shown.length > 0 && '+'}
          {people.length - shown.length}
        </span>
      )}
    </span>
  )
}
