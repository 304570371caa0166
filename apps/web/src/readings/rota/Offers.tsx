import type { OpenOffer } from '@paperboard/shared/standingOffers'
import { Link } from 'wouter'
import { useGroupView } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { paperHref } from '../../board/nav.ts'
import { titleOf } from '../../paper/links.ts'
import { MathText } from '../../paper/MathText.tsx'
import { Button } from '../../ui/Button.tsx'
import { Section } from '../../ui/Page.tsx'
import { useReadingPapers } from '../readingPapers.ts'
import { OfferForm } from './RotaForms.tsx'
import styles from './RotaPage.module.css'
import { withdraw } from './rotaActs.ts'

/** Who would like to present, and what. */
export function Offers({ offers }: { offers: readonly OpenOffer[] }) {
  const view = useGroupView()
  const { group, me, nameOf } = view
  const papers = useReadingPapers(
    group.id,
    offers.map(({ paper, board }) => ({ paper, board: board ?? group.today })),
  )
  return (
    <Section title="Offers" hint="Whoever offers comes first, the earliest before later ones. Offers made on a board count, too, until they are taken up.">
      <ul className={styles.list} aria-label="Offers to present">
        {offers.map(({ key, member, text, paper, board }) => {
          const known = paper === null ? undefined : papers.get(paper)
          const who = member === me.id ? 'You' : nameOf(member)
          return (
            <li key={key ?? `${paper} ${member}`} className={styles.line}>
              <span>
                {text === '' && paper === null ? `${who} would like to present` : `${who}: ${text}`}
                {paper !== null && board !== null && (
                  <Link href={paperHref(group.id, board, paper)}>{known === undefined ? 'a paper' : <MathText>{titleOf(known)}</MathText>}</Link>
                )}
                {board !== null && <span className={styles.reason}>on the board of {dayNear(board, group.today)}</span>}
              </span>
              {member === me.id && key !== null && (
                <Button size="small" variant="quiet" onClick={() => withdraw(view, key)}>
                  Take back
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <OfferForm />
    </Section>
  )
}
