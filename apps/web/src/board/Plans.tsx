import type { AssignedReading } from '@paperboard/shared/group'
import { useView } from '../live/hooks.ts'
import { offers, readingsByPaper } from '../live/views.ts'
import { ReaderMark, Readiness } from '../readings/Readiness.tsx'
import { PresentIcon } from '../ui/icons.tsx'
import { useBoard } from './board.ts'
import { dayBrief } from './dates.ts'
import { listed, progressNames, roleNameOf } from './names.ts'
import styles from './Plans.module.css'
import { sameList } from './shown.ts'

/** Readers of a paper who are named one by one in its row. */
const namedReaders = 3

const none: readonly string[] = []
const noReadings: readonly AssignedReading[] = []

/** The list of readings is made anew with each change of the group; a row renders when one of its own differs. */
export const sameReadings = (a: readonly AssignedReading[], b: readonly AssignedReading[]) => a.length === b.length && JSON.stringify(a) === JSON.stringify(b)

export const useOffers = (paper: string): readonly string[] => useView(useBoard().room, offers, all => all.get(paper) ?? none, sameList)
export const useReadings = (paper: string): readonly AssignedReading[] =>
  useView(useBoard().groupRoom, readingsByPaper, all => all.get(paper) ?? noReadings, sameReadings)

/** Who offers to present a paper, and who reads it as what. */
export function Plans({ paper }: { paper: string }) {
  const { nameOf, me } = useBoard()
  const offering = useOffers(paper)
  const readings = useReadings(paper)
  if (offering.length + readings.length === 0) return null
  // A class that reads a paper is a strip of faces: its names are in the discussion.
  const many = readings.filter(({ role }) => role === 'reader').length > namedReaders
  const named = readings.filter(({ role }) => !many || role !== 'reader')
  const readers = readings.filter(({ role }) => many && role === 'reader')
  return (
    <ul className={styles.plans} aria-label="Offers and readings">
      {offering.length > 0 && (
        <li className={styles.offer}>
          <PresentIcon size={15} />
          <span className={styles.what}>{offersToPresent(offering.map(id => (id === me.id ? 'You' : nameOf(id))))}</span>
        </li>
      )}
      {named.map(reading => (
        <li key={reading.key} className={styles.reading} data-state={reading.state}>
          <ReaderMark member={reading.member} name={nameOf(reading.member)} state={reading.state} />
          <span className={styles.what}>
            <bdi className={styles.who}>{reading.member === me.id ? 'You' : nameOf(reading.member)}</bdi>: {readingWords(reading)}
          </span>
          {reading.state !== 'unread' && <span className={styles.state}>· {progressNames[reading.state].toLowerCase()}</span>}
        </li>
      ))}
      {readers.length > 0 && (
        <li className={styles.reading}>
          <Readiness readings={readers} />
        </li>
      )}
    </ul>
  )
}

const offersToPresent = (names: readonly string[]) => `${listed(names)} ${names.length > 1 || names[0] === 'You' ? 'offer' : 'offers'} to present`

/** "presenter, Sec. 3, by Fri 27 Nov" */
export const readingWords = ({ part, due, ...as }: Pick<AssignedReading, 'role' | 'roleName' | 'part' | 'due'>) =>
  [roleNameOf(as).toLowerCase(), part, due !== null && `by ${dayBrief(due)}`].filter(Boolean).join(', ')
