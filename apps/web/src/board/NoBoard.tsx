import { limits } from '@paperboard/shared/limits'
import type { ReactNode } from 'react'
import type { RoomState } from '../live/LiveRoom.ts'
import { paths } from '../routes.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useBoard } from './board.ts'

type Words = [title: string, words: ReactNode]

const because: Partial<Record<NonNullable<RoomState['why']>, Words>> = {
  signedOut: ['You are signed out', 'Sign in again to go on. What you have not saved is kept in this browser.'],
  notMember: ['You are no longer in this group', 'Someone has to invite you before you can see its boards again.'],
  noRoom: [
    'There is no board for this day',
    `Boards reach ${limits.boardDaysAhead} days ahead, and ${limits.boardDaysBack} days back where nothing was ever put on them.`,
  ],
}
const neverOpened: Words = [
  'This board was never opened on this device',
  'There is no connection, and no copy of it here. It will open as soon as you are online.',
]
const closed: Words = [
  'This board cannot be opened',
  'The server does not take what this browser sends. Loading the page again helps in most cases; what you wrote is kept.',
]

/** Why there is no board to see, and where to go. */
export function NoBoard({ why }: { why: RoomState['why'] }) {
  const { group, day, room } = useBoard()
  const [title, words] = why === null ? neverOpened : (because[why] ?? closed)
  return (
    <EmptyState
      drawing={why === null ? 'torn' : 'lost'}
      title={title}
      actions={
        <>
          {why === null && <Button onClick={() => room.reconnect()}>Try again</Button>}
          {why === 'signedOut' && <ButtonLink href={paths.signIn(paths.board(group.id, day))}>Sign in</ButtonLink>}
          {why === 'noRoom' && day !== group.today && <ButtonLink href={paths.board(group.id)}>Go to today</ButtonLink>}
          {why === 'notMember' && <ButtonLink href={paths.home}>To your groups</ButtonLink>}
          {why !== null && because[why] === undefined && <Button onClick={() => location.reload()}>Load again</Button>}
        </>
      }
    >
      {words}
    </EmptyState>
  )
}
