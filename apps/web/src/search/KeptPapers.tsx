import { useGroupView } from '../board/board.ts'
import { count } from '../board/names.ts'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { PageIcon } from '../ui/icons.tsx'
import { searchKnown } from './asking.ts'
import { FoundLine, foundList } from './FoundOthers.tsx'
import styles from './SearchPage.module.css'

/** Papers shown while the server cannot be asked, and authors named of each. */
const most = 50
const named = 6

/** What of the papers that were shown here before has the words: all there is without a connection. */
export function KeptPapers({ q }: { q: string }) {
  const { group } = useGroupView()
  const papers = searchKnown(group.id, q, most)
  if (papers.length === 0) return <p className={styles.instead}>No paper that was shown in this browser before has these words.</p>
  return (
    <section aria-label={`${count(papers.length, 'paper')} kept in this browser`}>
      <ol className={foundList}>
        {papers.map(paper => (
          <li key={paper.id}>
            <FoundLine sign={<PageIcon size={20} />} href={paths.paper(group.id, paper.id)} about={paper.authors.slice(0, named).join(', ')}>
              <MathText>{titleOf(paper)}</MathText>
            </FoundLine>
          </li>
        ))}
      </ol>
    </section>
  )
}
