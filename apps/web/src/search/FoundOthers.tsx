import type { SearchHit } from '@paperboard/shared/search'
import { type ReactNode, type RefObject, useState } from 'react'
import { Link } from 'wouter'
import { useGroupView } from '../board/board.ts'
import { dateAt, dayNear } from '../board/dates.ts'
import { commentHref } from '../board/nav.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { EditIcon, PageIcon } from '../ui/icons.tsx'
import { useKeys } from '../ui/keys.ts'
import { type Entering, useEntering } from './entering.ts'
import styles from './FoundOthers.module.css'
import { MarkedText } from './MarkedText.tsx'
import { noteHref, noteWords } from './noteWords.ts'
import { fromPerson } from './query.ts'

type Other = Exclude<SearchHit, { kind: 'paper' }>

interface FoundOthersProps {
  hits: readonly Other[]
  field: RefObject<HTMLInputElement | null>
  entering: Entering
}

/** Comments, people or notes that were found. */
export function FoundOthers({ hits, field, entering }: FoundOthersProps) {
  const [current, setCurrent] = useState(-1)
  const focus = (n: number) => hits[n] !== undefined && document.getElementById(lineId(hits[n]))?.focus()
  const step = (by: 1 | -1) => () => focus(Math.min(Math.max(current + by, 0), hits.length - 1))
  useEntering(entering, () => focus(0))
  useKeys([
    { keys: 'j', does: 'Next one', under: 'Through what was found', act: step(1) },
    { keys: 'k', does: 'Previous one', under: 'Through what was found', act: step(-1) },
    { keys: 'f', does: 'Change the search', under: 'Through what was found', act: () => field.current?.select() },
    { keys: 'esc', does: 'Back to the field', under: 'Through what was found', act: () => field.current?.select() },
  ])
  return (
    <ol className={foundList} onFocus={({ target }) => setCurrent(hits.findIndex(hit => lineId(hit) === target.id))}>
      {hits.map(hit => (
        <li key={keyOf(hit)}>
          <Line hit={hit} />
        </li>
      ))}
    </ol>
  )
}

/** How such a list is drawn. */
export const foundList = styles.list

const keyOf = (hit: Other) => (hit.kind === 'note' ? `${hit.of} ${hit.meeting} ${hit.paper}` : hit.id)
const lineId = (hit: Other) => `found-${keyOf(hit).replaceAll(' ', '-')}`

function Line({ hit }: { hit: Other }) {
  const { group } = useGroupView()
  const id = lineId(hit)
  switch (hit.kind) {
    case 'comment':
      return (
        <FoundLine
          id={id}
          sign={<Avatar id={hit.by} name={hit.name} />}
          href={commentHref(group.id, hit.day, hit.paper, hit.id)}
          about={<CommentAbout hit={hit} />}
        >
          <MarkedText marked={hit.snippet} />
        </FoundLine>
      )
    case 'person':
      return (
        <FoundLine
          id={id}
          sign={<Avatar id={hit.id} name={hit.name.text} />}
          href={paths.search(group.id, fromPerson(hit.name.text))}
          about={hit.member ? 'What they put up and wrote' : 'Has left the group. What they put up and wrote'}
        >
          <MarkedText marked={hit.name} />
        </FoundLine>
      )
    case 'note':
      return (
        <FoundLine
          id={id}
          sign={hit.of === 'minutes' ? <PageIcon size={20} /> : <EditIcon size={20} />}
          href={noteHref(group.id, hit)}
          about={
            <>
              <MathText>{noteWords(hit)}</MathText>, {dateAt(hit.at)}
            </>
          }
        >
          <MarkedText marked={hit.snippet} />
        </FoundLine>
      )
  }
}

function CommentAbout({ hit: { name, day, paperTitle } }: { hit: Extract<Other, { kind: 'comment' }> }) {
  const { group } = useGroupView()
  return (
    <>
      {name}, {dayNear(day, group.today)}, on <MathText>{paperTitle ?? 'a paper'}</MathText>
    </>
  )
}

interface FoundLineProps {
  id?: string
  sign: ReactNode
  href: string
  about: ReactNode
  children: ReactNode
}

/** One thing that was found: what it says, leading there, and what it is. */
export const FoundLine = ({ id, sign, href, about, children }: FoundLineProps) => (
  <article className={styles.row}>
    <span className={styles.sign}>{sign}</span>
    <Link id={id} href={href} className={styles.words}>
      {children}
    </Link>
    <p className={styles.about}>{about}</p>
  </article>
)
