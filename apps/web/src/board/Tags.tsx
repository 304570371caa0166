import { tagsByPaper } from '@paperboard/shared/tags'
import { useView } from '../live/hooks.ts'
import type { LiveRoom } from '../live/LiveRoom.ts'
import { view } from '../live/views.ts'
import styles from './Tags.module.css'

const sameList = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((tag, place) => tag === b[place])

/** Tags by paper; a paper without any has none. */
export const tagsView = view(['tags'], tagsByPaper)
const none: readonly string[] = []
export const useTags = (room: LiveRoom, paper: string): readonly string[] => useView(room, tagsView, all => all.get(paper) ?? none, sameList)

/** A hue (degrees) for a tag, the same on every screen. It decorates: the word is what tells. */
export const tagHue = (tag: string): Record<`--${string}`, number> => {
  let hash = 0
  for (const letter of tag) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return { '--hue': (hash % 24) * 15 }
}

/** The tags of a paper; a press shows what else has one. */
export function PaperTags({ room, paper, onTag }: { room: LiveRoom; paper: string; onTag: (tag: string) => void }) {
  const tags = useTags(room, paper)
  if (tags.length === 0) return null
  return (
    <ul className={styles.tags} aria-label="Tags">
      {tags.map(tag => (
        <li key={tag}>
          <button type="button" className={styles.tag} style={tagHue(tag)} onClick={() => onTag(tag)}>
            <span className="visually-hidden">Papers tagged </span>
            {tag}
          </button>
        </li>
      ))}
    </ul>
  )
}
