import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { queries, unreadQuery } from '../api.ts'
import { onNews } from '../live/news.ts'
import { IconButton } from '../ui/Button.tsx'
import { BellIcon } from '../ui/icons.tsx'
import { Popover } from '../ui/Popover.tsx'
import { SkeletonText } from '../ui/states.tsx'
import styles from './NoticeBell.module.css'

const NoticesPanel = lazy(() => import('./NoticesPanel.tsx'))

/** More than anybody counts. */
const most = 99

/** What is new for me, in the bar of every page: how many, and on a press which. */
export function NoticeBell() {
  const unread = useQuery(unreadQuery).data ?? 0
  useEffect(() => onNews(() => void queries.invalidateQueries({ queryKey: ['notices'] })), [])
  const label = unread === 0 ? 'Notices' : `Notices, ${unread} unread`
  return (
    <span className={styles.bell}>
      <Popover label="Notices" align="end" trigger={<IconButton icon={BellIcon} iconSize={20} label={label} />}>
        {close => (
          <Suspense fallback={<SkeletonText lines={3} label="Loading the notices" />}>
            <NoticesPanel onClose={close} />
          </Suspense>
        )}
      </Popover>
      {unread > 0 && (
        <span className={styles.count} aria-hidden="true">
          {unread > most ? `${most}+` : unread}
        </span>
      )}
      <span className="visually-hidden" role="status">
        {unread > 0 && `${unread} unread ${unread === 1 ? 'notice' : 'notices'}`}
      </span>
    </span>
  )
}
