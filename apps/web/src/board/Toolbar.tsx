import { type BoardOrder, boardOrders } from '@paperboard/shared/board'
import type { RefObject } from 'react'
import { Button, IconButton } from '../ui/Button.tsx'
import { CloseIcon, SearchIcon, SortIcon } from '../ui/icons.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Menu } from '../ui/Menu.tsx'
import { type Looks, type Narrowing, narrowingNames, narrowings } from './shown.ts'
import styles from './Toolbar.module.css'

const orderNames: Record<BoardOrder, string> = { board: 'Board order', votes: 'Most votes', new: 'Newest', discussed: 'Most discussed' }

interface ToolbarProps {
  looks: Looks
  onLooks: (looks: Looks) => void
  filterRef: RefObject<HTMLInputElement | null>
  /** Papers shown, while not all are. */
  found: number | null
}

/** What of the board to see, and in which order. */
export function Toolbar({ looks, onLooks, filterRef, found }: ToolbarProps) {
  const set = (change: Partial<Looks>) => onLooks({ ...looks, ...change })
  return (
    <div className={styles.toolbar}>
      <fieldset className={styles.chips}>
        <legend className="visually-hidden">Which papers</legend>
        {narrowings.map((narrowing: Narrowing) => (
          <button key={narrowing} type="button" className={styles.chip} aria-pressed={looks.narrowing === narrowing} onClick={() => set({ narrowing })}>
            {narrowingNames[narrowing]}
          </button>
        ))}
      </fieldset>
      <Menu
        trigger={
          <Button variant="quiet" size="small" icon={SortIcon} aria-label={`Order: ${orderNames[looks.order]}`}>
            {orderNames[looks.order]}
          </Button>
        }
        sections={() => [
          { heading: 'Order', items: boardOrders.map(order => ({ label: orderNames[order], checked: looks.order === order, onSelect: () => set({ order }) })) },
        ]}
      />
      <div className={styles.filter}>
        <SearchIcon size={16} />
        <input
          ref={filterRef}
          type="search"
          aria-label="Filter papers"
          placeholder="Filter by title, author, abstract"
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
          <Kbd keys="/" />
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
