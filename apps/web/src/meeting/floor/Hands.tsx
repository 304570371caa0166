import { useView } from '../../live/hooks.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { CloseIcon, HandIcon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { endWord, giveWordTo, lower, lowerAll, toggleHand } from './acts.ts'
import { useEnded, useFloor, useLeads, whyListening } from './floor.ts'
import styles from './Hands.module.css'
import { Panel } from './Panel.tsx'
import { hands, word } from './views.ts'

/** "1st", "2nd", "11th". */
const nth = (n: number) => `${n}${{ one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[ordinals.select(n)]}`
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })

/** Who speaks and who wants to, and my own hand. */
export function Hands() {
  const floor = useFloor()
  const { room, me } = floor
  const queue = useView(room, hands)
  const speaking = useView(room, word)
  const leads = useLeads()
  const ended = useEnded()
  const place = queue.findIndex(({ member }) => member === me.id)
  useKeys(
    [
      { keys: 'h', does: 'Raise your hand, or lower it', under: 'In a meeting', act: () => toggleHand(floor) },
      { keys: 'w', does: 'Give the word to the next', under: 'In a meeting', when: () => leads, act: () => giveWordTo(floor) },
    ],
    !ended,
  )
  if (ended) return null
  return (
    <Panel
      title="Hands"
      count={queue.length}
      actions={
        leads && (
          <>
            {queue.length > 1 && (
              <Button variant="quiet" size="small" onClick={() => lowerAll(floor)}>
                Lower all
              </Button>
            )}
            {queue.length > 0 && (
              <Button size="small" kbd="w" onClick={() => giveWordTo(floor)}>
                Next to speak
              </Button>
            )}
          </>
        )
      }
    >
      {speaking !== null && <Speaking member={speaking.member} mayEnd={leads || speaking.member === me.id} />}
      {queue.length > 0 && (
        <ol className={styles.queue}>
          {queue.map(({ member }) => (
            <li key={member} className={styles.hand}>
              <Avatar id={member} name={floor.nameOf(member)} size="small" />
              <span className={styles.name}>{member === me.id ? 'You' : floor.nameOf(member)}</span>
              {leads && (
                <Button variant="quiet" size="small" onClick={() => giveWordTo(floor, member)}>
                  Give the word
                </Button>
              )}
              {(leads || member === me.id) && (
                <IconButton
                  icon={CloseIcon}
                  size="small"
                  iconSize={14}
                  label={member === me.id ? 'Lower your hand' : `Lower the hand of ${floor.nameOf(member)}`}
                  onClick={() => lower(floor, member)}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      <div className={styles.mine}>
        <Button
          icon={HandIcon}
          kbd="h"
          aria-pressed={place >= 0}
          variant={place >= 0 ? 'primary' : 'plain'}
          denied={whyListening(floor)}
          onClick={() => toggleHand(floor)}
        >
          {place >= 0 ? 'Lower hand' : 'Raise hand'}
        </Button>
        <span className={styles.place} role="status">
          {place === 0 ? 'You are next' : place > 0 ? `You are ${nth(place + 1)} in the queue` : ''}
        </span>
      </div>
    </Panel>
  )
}

function Speaking({ member, mayEnd }: { member: string; mayEnd: boolean }) {
  const floor = useFloor()
  const mine = member === floor.me.id
  return (
    <div className={styles.speaking} data-mine={mine || undefined}>
      <Avatar id={member} name={floor.nameOf(member)} size="medium" />
      <strong className={styles.name}>{mine ? 'You have the word' : `${floor.nameOf(member)} has the word`}</strong>
      {mayEnd && (
        <Button variant="quiet" size="small" onClick={() => endWord(floor)}>
          Done
        </Button>
      )}
    </div>
  )
}
