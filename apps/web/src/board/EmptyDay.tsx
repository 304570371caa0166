import { mayChangeSources } from '@paperboard/shared/rules'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { drawings } from '../ui/drawings.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { useWhyNotAdd } from './BoardHeader.tsx'
import { useBoard } from './board.ts'
import styles from './EmptyDay.module.css'
import type { ImportStart } from './nav.ts'

/** A day without papers: what to do about it, and nothing else. */
export function EmptyDay({ onAdd }: { onAdd: (start: ImportStart) => void }) {
  const { group, day } = useBoard()
  const denied = useWhyNotAdd()
  const alone = group.members.filter(({ gone }) => !gone).length === 1
  const past = day < group.today
  return (
    <section className={styles.empty} aria-labelledby="empty-day">
      <div className={styles.drawing}>{drawings.sheets}</div>
      <h2 id="empty-day" className={styles.title}>
        {past ? 'Nothing was put on this board' : 'What shall we read?'}
      </h2>
      <p className={styles.words}>
        {denied === null ? (
          <>
            Paste a Daily Papers page, arXiv ids, links or BibTeX
            {/* Without a keyboard there is no pasting into the page itself. */}
            <span className={styles.atDesk}>
              {' '}
              anywhere on this page, or drop a file on it. The key <Kbd keys="a" />
              <span className="visually-hidden">A</span> does the same
            </span>
            .
          </>
        ) : (
          'The organizers of this group put papers on its boards. They will appear here as they come.'
        )}
      </p>
      {denied === null && (
        <div className={styles.ways}>
          <Button variant="primary" onClick={() => onAdd({ tab: 'paste' })}>
            Paste papers
          </Button>
          <Button onClick={() => onAdd({ tab: 'hand' })}>Write one by hand</Button>
          <Button variant="quiet" onClick={() => onAdd({ tab: 'sample' })}>
            Use the sample
          </Button>
        </div>
      )}
      {!past && mayChangeSources(group.role) === null && (
        <p className={styles.invite}>
          <Link href={paths.sources(group.id)}>Add a source</Link> so that papers come by themselves
        </p>
      )}
      {alone && (
        <p className={styles.invite}>
          Reading alone? <Link href={paths.members(group.id)}>Invite others to {group.name}</Link>
        </p>
      )}
    </section>
  )
}
