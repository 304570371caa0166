import { useLocation } from 'wouter'
import { useView } from '../live/hooks.ts'
import { closed as closedView } from '../live/views.ts'
import { paths } from '../routes.ts'
import { IconButton } from '../ui/Button.tsx'
import { copyText } from '../ui/copy.ts'
import { CalendarIcon, DownloadIcon, LinkIcon, MoreIcon, PageIcon, PresentIcon, ReadingIcon, TagIcon, TrashIcon } from '../ui/icons.tsx'
import { Menu, type MenuSection } from '../ui/Menu.tsx'
import { toast } from '../ui/toast.ts'
import { toggleOffer } from './acts.ts'
import { useBoard, whyNot } from './board.ts'
import { paperHref, useRowNav } from './nav.ts'
import styles from './PaperRow.module.css'
import { useOffers } from './Plans.tsx'

export const copyLink = async (href: string) => {
  const link = new URL(href, location.origin).href
  if (await copyText(link)) toast('Link copied')
  else toast(`The browser did not allow copying. The link is ${link}`, { tone: 'warn' })
}

/** What else can be done with a paper: quiet until the row is looked at. */
export function RowTools({ paper, title }: { paper: string; title: string }) {
  const board = useBoard()
  const nav = useRowNav()
  // What is denied changes when the board is closed or opened again.
  useView(board.room, closedView)
  const offered = useOffers(paper).includes(board.me.id)
  const [, navigate] = useLocation()
  const sections = (): MenuSection[] => [
    {
      items: [
        { label: 'Plan for a session…', icon: CalendarIcon, kbd: 's', onSelect: () => nav.plan(paper) },
        { label: 'Tags…', icon: TagIcon, kbd: '#', onSelect: () => nav.tag(paper) },
        { label: 'Export…', icon: DownloadIcon, kbd: 'x', onSelect: () => nav.exportPaper(paper) },
        { label: 'Page of the paper', icon: PageIcon, onSelect: () => navigate(paths.paper(board.group.id, paper)) },
        { label: 'Copy link', icon: LinkIcon, onSelect: () => void copyLink(paperHref(board.group.id, board.day, paper)) },
      ],
    },
    {
      items: [
        {
          label: 'Take off the board',
          icon: TrashIcon,
          danger: true,
          denied: whyNot(board, { root: 'papers', key: paper, after: undefined }),
          onSelect: () => nav.remove(paper),
        },
      ],
    },
  ]
  return (
    <div className={styles.tools}>
      <IconButton
        icon={PresentIcon}
        size="small"
        iconSize={16}
        kbd="o"
        label={offered ? 'Take back your offer to present' : 'Offer to present'}
        aria-pressed={offered}
        denied={whyNot(board, { root: 'offers', key: `${paper}:${board.me.id}`, after: offered ? undefined : { at: 0 } })}
        onClick={() => toggleOffer(board, paper)}
      />
      <IconButton icon={ReadingIcon} size="small" iconSize={16} kbd="r" label="Assign a reading" onClick={() => nav.assign(paper)} />
      <Menu trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about ${title}`} />} sections={sections} align="end" />
    </div>
  )
}
