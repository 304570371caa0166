import type { SearchHit } from '@paperboard/shared/search'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useGroupView } from '../board/board.ts'
import { dateAt, dayNear } from '../board/dates.ts'
import { commentHref } from '../board/nav.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { EditIcon, PageIcon } from '../ui/icons.tsx'
import styles from './FoundOthers.module.css'
import { MarkedText } from './MarkedText.tsx'
import { noteHref, noteWords } from './noteWords.ts'
import { fromPerson } from './query.ts'

type Other = Exclude<SearchHit, { kind: 'paper' }>

/** Comments, people or notes that were found. */
export const FoundOthers = ({ hits }: { hits: readonly Other[] }) => (
  <ol className={styles.list}>
    {hits.map(hit => (
      <li key={keyOf(hit)}>
        <Line hit={hit} />
      </li>
    ))}
  </ol>
)

const keyOf = (hit: Other) => (hit.kind === 'note' ? `${hit.of} ${hit.meeting} ${hit.paper}` : hit.id)

function Line({ hit }: { hit: Other }) {
  const { group } = useGroupView()
  switch (hit.kind) {
    case 'comment':
      return (
        <Row sign={<Avatar id={hit.by} name={hit.name} />} href={commentHref(group.id, hit.day, hit.paper, hit.id)} about={<CommentAbout hit={hit} />}>
          <MarkedText marked={hit.snippet} />
        </Row>
      )
    case 'person':
      return (
        <Row
          sign={<Avatar id={hit.id} name={hit.name.text} />}
          href={paths.search(group.id, fromPerson(hit.name.text))}
          about={hit.member ? 'What they put up and wrote' : 'Has left the group. What they put up and wrote'}
        >
          <MarkedText marked={hit.name} />
        </Row>
      )
    case 'note':
      return (
        <Row
          sign={hit.of === 'minutes' ? <PageIcon size={20} /> : <EditIcon size={20} />}
          href={noteHref(group.id, hit)}
          about={
            <>
              <MathText>{noteWords(hit)}</MathText>, {dateAt(hit.at)}
            </>
          }
        >
          <MarkedText marked={hit.snippet} />
        </Row>
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

const Row = ({ sign, href, about, children }: { sign: ReactNode; href: string; about: ReactNode; children: ReactNode }) => (
  <article className={styles.row}>
    <span className={styles.sign}>{sign}</span>
    <Link href={href} className={styles.words}>
      {children}
    </Link>
    <p className={styles.about}>{about}</p>
  </article>
)
