import type { ListedPaper } from '@paperboard/shared/api'
import type { Marked } from '@paperboard/shared/search'
import { memo } from 'react'
import { Link } from 'wouter'
import { useGroupView } from '../board/board.ts'
import { dayNear } from '../board/dates.ts'
import { count, signed } from '../board/names.ts'
import { paperHref } from '../board/nav.ts'
import paperStyles from '../board/paper.module.css'
import { copyLink } from '../board/RowTools.tsx'
import { titleId } from '../board/rowIds.ts'
import { TrendMark } from '../board/Seen.tsx'
import { PaperTags } from '../board/Tags.tsx'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { paths } from '../routes.ts'
import { MarkedText } from '../search/MarkedText.tsx'
import { IconButton } from '../ui/Button.tsx'
import { CalendarIcon, CommentIcon, DownloadIcon, LinkIcon, MoreIcon, ReadingIcon, TagIcon } from '../ui/icons.tsx'
import { Menu } from '../ui/Menu.tsx'
import styles from './ListedRow.module.css'
import type { PaperDialog } from './PaperDialogs.tsx'

/** Where in a paper stands what was searched for. */
export interface FoundIn {
  title: Marked
  authors: Marked
  snippet: Marked
}

export interface RowActs {
  onTag: (tag: string) => void
  /** Opens a dialog about a paper. */
  ask: (dialog: PaperDialog, paper: string) => void
}

/** Boards named in a row; older ones are on the paper's page. */
const named = 2

/** One paper in a list over several boards. */
export const ListedRow = memo(({ paper, unread, acts, found }: { paper: ListedPaper; unread: boolean; acts: RowActs; found?: FoundIn | undefined }) => {
  const { group, groupRoom } = useGroupView()
  const title = titleOf(paper)
  const votes = paper.up + paper.down
  const year = paper.published?.slice(0, 4)
  const more = paper.authorCount - paper.authors.length
  return (
    <article className={styles.row} aria-labelledby={titleId(paper.id)}>
      <span className={styles.net} data-sign={Math.sign(paper.up - paper.down)} title={count(votes, 'vote')}>
        {votes === 0 ? '·' : signed(paper.up - paper.down)}
        <span className="visually-hidden">{votes === 0 ? 'no votes' : `net of ${count(votes, 'vote')}`}</span>
      </span>
      <div className={styles.words}>
        <h2 className={paperStyles.title}>
          <Link id={titleId(paper.id)} href={paths.paper(group.id, paper.id)}>
            {found === undefined || found.title.text === '' ? <MathText>{title}</MathText> : <MarkedText marked={found.title} />}
            {/* A space, or it is read as one word with the title. */ unread && ' '}
            {unread && <span className={styles.unread}>Unread</span>}
          </Link>
        </h2>
        <p className={paperStyles.authors}>
          {found === undefined ? paper.authors.join(', ') : <MarkedText marked={found.authors} />}
          {found === undefined && more > 0 && ` and ${count(more, 'other')}`}
          {(paper.venue ?? year) && ` · ${[paper.venue, year].filter(Boolean).join(', ')}`}
        </p>
        {found !== undefined && found.snippet.text !== '' && (
          <p className={styles.snippet}>
            <MarkedText marked={found.snippet} />
          </p>
        )}
        <p className={styles.boards}>
          {paper.boards.slice(0, named).map(day => (
            <Link key={day} className={styles.board} href={paperHref(group.id, day, paper.id)}>
              <span className="visually-hidden">Board of </span>
              {dayNear(day, group.today)}
            </Link>
          ))}
          {paper.boards.length > named && <span>and {count(paper.boards.length - named, 'earlier board')}</span>}
          <TrendMark group={group.id} paper={paper.id} />
        </p>
        <PaperTags room={groupRoom} paper={paper.id} onTag={acts.onTag} />
      </div>
      <div className={styles.side}>
        {paper.comments > 0 && (
          <span className={styles.comments} title={count(paper.comments, 'comment')}>
            <CommentIcon size={15} />
            {paper.comments}
            <span className="visually-hidden">{paper.comments === 1 ? 'comment' : 'comments'}</span>
          </span>
        )}
        <Menu
          align="end"
          trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about ${title}`} />}
          sections={() => [
            {
              items: [
                { label: 'Assign a reading…', icon: ReadingIcon, kbd: 'r', onSelect: () => acts.ask('assign', paper.id) },
                { label: 'Plan for a session…', icon: CalendarIcon, kbd: 's', onSelect: () => acts.ask('plan', paper.id) },
                { label: 'Tags…', icon: TagIcon, kbd: '#', onSelect: () => acts.ask('tags', paper.id) },
                { label: 'Export…', icon: DownloadIcon, kbd: 'x', onSelect: () => acts.ask('export', paper.id) },
                { label: 'Copy link', icon: LinkIcon, onSelect: () => void copyLink(paths.paper(group.id, paper.id)) },
              ],
            },
          ]}
        />
      </div>
    </article>
  )
})
