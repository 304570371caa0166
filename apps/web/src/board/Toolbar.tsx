import type { BoardOrder } from '@paperboard/shared/board'
import { tagCounts } from '@paperboard/shared/tags'
import type { RefObject } from 'react'
import { useView } from '../live/hooks.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { CloseIcon, SearchIcon, SortIcon, TagIcon } from '../ui/icons.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Menu } from '../ui/Menu.tsx'
import { useGroupView } from './board.ts'
import { type Looks, type Narrowing, narrowingNames, narrowings } from './looks.ts'
import { count } from './names.ts'
import { tagsView } from './Tags.tsx'
import styles from './Toolbar.module.css'

export const orderNames: Record<BoardOrder, string> = { board: 'Board order', votes: 'Most votes', new: 'Newest', discussed: 'Most discussed' }

interface ToolbarProps<Order extends string> {
  looks: Looks<Order>
  onLooks: (looks: Looks<Order>) => void
  orders: readonly Order[]
  names: Record<Order, string>
  filterRef: RefObject<HTMLInputElement | null>
  /** What the filter looks through. */
  filters?: string
  /** Papers shown, while not all are. */
  found: number | null
}

/** What of the papers to see, and in which order. */
export function Toolbar<Order extends string>({ looks, onLooks, orders, names, filterRef, filters = 'title, author, abstract', found }: ToolbarProps<Order>) {
  const set = (change: Partial<Looks<Order>>) => onLooks({ ...looks, ...change })
  return (
    <div className={styles.toolbar}>
      <fieldset className={styles.chips}>
        <legend className="visually-hidden">Which papers</legend>
        {narrowings.map((narrowing: Narrowing) => (
          <button key={narrowing} type="button" className={styles.chip} aria-pressed={looks.narrowing === narrowing} onClick={() => set({ narrowing })}>
            {narrowingNames[narrowing]}
          </button>
        ))}
        <TagChoice tag={looks.tag} onTag={tag => set({ tag })} />
      </fieldset>
      <Menu
        trigger={
          <Button
            variant="quiet"
            size="small"
            icon={SortIcon}
            className={styles.order}
            data-chosen={looks.order !== orders[0] || undefined}
            aria-label={`Order: ${names[looks.order]}`}
          >
            {names[looks.order]}
          </Button>
        }
        sections={() => [
          { heading: 'Order', items: orders.map(order => ({ label: names[order], checked: looks.order === order, onSelect: () => set({ order }) })) },
        ]}
      />
      <div className={styles.filter}>
        <SearchIcon size={16} />
        <input
          ref={filterRef}
          type="search"
          aria-label="Filter papers"
          placeholder={`Filter by ${filters}`}
          value={looks.filter}
          onChange={event => set({ filter: event.target.value })}
          onKeyDown={event => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            event.stopPropagation()
            if (looks.filter === '') event.currentTarget.blur()
            set({ filter: '' })
          }}
        />
        {looks.filter === '' ? (
          <Kbd keys="f" />
        ) : (
          <IconButton icon={CloseIcon} size="small" iconSize={15} label="Clear the filter" onClick={() => set({ filter: '' })} />
        )}
      </div>
      <p className="visually-hidden" role="status">
        {found !== null && `${found} papers shown`}
      </p>
    </div>
  )
}

/** Tags in the menu: more would be a list to search, which the filter of tags in their dialog is for. */
const tagsShown = 30

/** The tag that papers are narrowed to, or the choice of one. */
function TagChoice({ tag, onTag }: { tag: string | null; onTag: (tag: string | null) => void }) {
  const { groupRoom } = useGroupView()
  const any = useView(groupRoom, tagsView, all => all.size > 0)
  if (tag !== null)
    return (
      <button type="button" className={styles.chip} aria-pressed="true" aria-label={`Tag ${tag}: show all tags`} onClick={() => onTag(null)}>
        <TagIcon size={14} /> {tag} <CloseIcon size={12} />
      </button>
    )
  if (!any) return null
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="small" icon={TagIcon} className={styles.tagChoice}>
          Tag
        </Button>
      }
      sections={() => [
        {
          heading: 'Tag',
          items: tagCounts(groupRoom.views.read(tagsView))
            .slice(0, tagsShown)
            .map(({ tag, papers }) => ({ label: tag, detail: count(papers, 'paper'), onSelect: () => onTag(tag) })),
        },
      ]}
    />
  )
}
