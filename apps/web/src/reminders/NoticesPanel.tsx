import type { Notice } from '@paperboard/shared/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answer, api, meQuery, noticesQuery, queries, sentenceOf, unreadQuery } from '../api.ts'
import { ago, timeLong, useNow } from '../board/dates.ts'
import { paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { RetryNotice, SkeletonText } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import styles from './NoticesPanel.module.css'

/** What was said to me, the newest first. One that is opened is read. */
export default function NoticesPanel({ onClose }: { onClose: () => void }) {
  const { data, error, refetch } = useQuery(noticesQuery)
  const read = useMutation({
    mutationFn: (json: { id: string } | { until: number }) => answer(api.notices.read.$post({ json })),
    onSuccess: notices => {
      queries.setQueryData(noticesQuery.queryKey, notices)
      queries.setQueryData(unreadQuery.queryKey, notices.unread)
    },
    onError: failure => toast(sentenceOf(failure), { tone: 'warn' }),
  })
  const newest = data?.notices[0]?.at
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <h2>Notices</h2>
        {data !== undefined && data.unread > 0 && newest !== undefined && (
          <Button size="small" variant="quiet" busy={read.isPending} onClick={() => read.mutate({ until: newest })}>
            Mark all as read
          </Button>
        )}
      </header>
      {data === undefined &&
        (error === null ? (
          <SkeletonText lines={3} label="Loading the notices" />
        ) : (
          <RetryNotice onRetry={() => void refetch()}>{sentenceOf(error)}</RetryNotice>
        ))}
      {data?.notices.length === 0 && (
        <p className={styles.none}>Nothing yet. Here you are reminded of readings before they are due, and of papers before you present them.</p>
      )}
      {data !== undefined && data.notices.length > 0 && (
        <ul className={styles.list}>
          {data.notices.map(notice => (
            <Row
              key={notice.id}
              notice={notice}
              onOpen={() => {
                if (notice.readAt === null) read.mutate({ id: notice.id })
                onClose()
              }}
            />
          ))}
        </ul>
      )}
      <footer className={styles.foot}>
        <Link href={paths.reminders} onClick={onClose}>
          Reminders and calendars
        </Link>
      </footer>
    </div>
  )
}

function Row({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const now = useNow()
  const group = useQuery(meQuery).data?.groups.find(({ id }) => id === notice.group)
  return (
    <li>
      <Link href={notice.path} className={styles.row} data-unread={notice.readAt === null || undefined} onClick={onOpen}>
        <span className={styles.title}>
          {notice.readAt === null && <span className="visually-hidden">Unread: </span>}
          {notice.title}
        </span>
        <span className={styles.text}>{notice.text}</span>
        <span className={styles.when} title={timeLong(notice.at)}>
          {group === undefined ? ago(notice.at, now) : `${ago(notice.at, now)} · ${group.name}`}
        </span>
      </Link>
    </li>
  )
}
