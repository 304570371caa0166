import { useQuery } from '@tanstack/react-query'
import { isCode, sentenceOf } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { useNow } from '../../board/dates.ts'
import styles from './Minutes.module.css'
import { minutesQuery, stateOfMinutes } from './minutes.ts'

/** How often minutes are asked for that are not there. */
const tries = 8

/** In a line: whether there are minutes, and when members get them. */
export function MinutesWait({ meeting }: { meeting: string }) {
  const { group, nameOf } = useGroupView()
  const now = useNow()
  const { data, error } = useQuery({
    ...minutesQuery(group.id, meeting),
    // They come some moments after the end.
    refetchInterval: ({ state }) => (isCode(state.error, 'not-found') && state.errorUpdateCount < tries ? 1_000 : false),
  })
  const words =
    data !== undefined
      ? stateOfMinutes(data, { now, nameOf })
      : isCode(error, 'not-found')
        ? 'No minutes were made of it yet.'
        : error === null
          ? 'The minutes are being written…'
          : sentenceOf(error)
  return (
    <p className={styles.state} role="status">
      {words}
    </p>
  )
}
