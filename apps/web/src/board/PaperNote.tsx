import type { PaperNote as Note, Paper } from '@paperboard/shared/api'
import { useView } from '../live/hooks.ts'
import { papers as papersView } from '../live/views.ts'
import { useBoard } from './board.ts'
import { dateAtBrief, timeOf } from './dates.ts'
import { paperHref, useRowNav } from './nav.ts'
import styles from './paper.module.css'

/** What is said of a paper beside its text: how a lookup stands, a newer version, that it is here twice. */
export function PaperNote({ paper }: { paper: Paper }) {
  const { note } = paper
  if (note === undefined) return null
  return (
    <>
      {note.lookup !== undefined && <Lookup paper={paper.id} lookup={note.lookup} />}
      {note.newVersion !== undefined && <NewVersion arxivId={paper.arxivId} version={note.newVersion} />}
      {note.sameAs !== undefined && <Twice sameAs={note.sameAs} />}
    </>
  )
}

function Lookup({ paper, lookup }: { paper: string; lookup: NonNullable<Note['lookup']> }) {
  const { correct } = useRowNav()
  if (lookup.state === 'asking') return <p className={styles.note}>Looking up on {lookup.source}…</p>
  if (lookup.state === 'unreachable')
    return (
      <p className={styles.note}>
        {lookup.source} cannot be reached. Next try at {timeOf(lookup.nextAt)}.
      </p>
    )
  return (
    <p className={styles.note}>
      Not found on {lookup.source}.{' '}
      <button type="button" className={styles.inText} onClick={() => correct(paper)}>
        Fill it in
      </button>
    </p>
  )
}

function NewVersion({ arxivId, version: { version, at, discussed } }: { arxivId: string | null; version: NonNullable<Note['newVersion']> }) {
  return (
    <p className={styles.note}>
      <a className={styles.news} href={`https://arxiv.org/abs/${arxivId}v${version}`} target="_blank" rel="noopener">
        v{version} since you discussed {discussed === null ? 'it' : `v${discussed}`}
      </a>{' '}
      {dateAtBrief(at)}
    </p>
  )
}

/** Only where the other id stands on this board, too. */
function Twice({ sameAs }: { sameAs: string }) {
  const { group, day, room } = useBoard()
  const { open } = useRowNav()
  const here = useView(room, papersView, all => all.some(({ id }) => id === sameAs))
  if (!here) return null
  return (
    <p className={styles.note}>
      The same paper is{' '}
      <a
        className={styles.inText}
        href={paperHref(group.id, day, sameAs)}
        onClick={event => {
          event.preventDefault()
          open(sameAs)
        }}
      >
        on this board already
      </a>
      . Votes and comments on it are there, too.
    </p>
  )
}
