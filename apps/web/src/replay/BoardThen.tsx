import { closedOf, discussionsOf, noVotes, offersOf, papersOf, talliesOf } from '@paperboard/shared/board'
import { useMemo } from 'react'
import { count, listed, signed } from '../board/names.ts'
import { docThen } from '../live/docThen.ts'
import { MathText } from '../paper/MathText.tsx'
import { Notice } from '../ui/states.tsx'
import styles from './Then.module.css'
import type { ThenProps } from './then.ts'

/** A board as it stood: its papers by votes. */
export function BoardThen({ state, changed, nameOf, titleOf }: ThenProps) {
  const { papers, tallies, offers, discussions, closed } = useMemo(() => {
    const doc = docThen(state)
    const tallies = talliesOf(doc)
    const net = (id: string) => tallies.get(id)?.net ?? 0
    return {
      tallies,
      papers: papersOf(doc).toSorted((a, b) => net(b.id) - net(a.id) || a.order - b.order),
      offers: offersOf(doc),
      discussions: discussionsOf(doc),
      closed: closedOf(doc) !== null,
    }
  }, [state])
  const touched = (paper: string) => [...changed].some(id => id.includes(`/${paper}`))
  return (
    <>
      {closed && <Notice>The board was closed.</Notice>}
      {papers.length === 0 && <p className={styles.none}>No papers yet.</p>}
      <ol className={styles.papers}>
        {papers.map(({ id }) => {
          const { net, up, down } = tallies.get(id) ?? noVotes
          const comments = discussions.get(id)?.comments ?? 0
          const presenters = offers.get(id) ?? []
          return (
            <li key={id} data-changed={touched(id) || undefined}>
              <span className={styles.net}>{signed(net)}</span>
              <div>
                <p className={styles.title}>
                  <MathText>{titleOf(id)}</MathText>
                </p>
                <p className={styles.facts}>
                  {[
                    up.length > 0 && `for: ${listed(up.map(nameOf))}`,
                    down.length > 0 && `against: ${listed(down.map(nameOf))}`,
                    comments > 0 && count(comments, 'comment'),
                    presenters.length > 0 && `${listed(presenters.map(nameOf))} would present`,
                  ]
                    .filter(fact => fact !== false)
                    .join(' · ')}
                </p>
              </div>
            </li>
          )
        })}
      </ol>
    </>
  )
}
