import type { Group, Member } from '@paperboard/shared/api'
import { roles } from '@paperboard/shared/members'
import { mayInvite } from '@paperboard/shared/rules'
import { useState } from 'react'
import { sentenceOf, useGroup, usePerson } from '../api.ts'
import { dateAt } from '../board/dates.ts'
import { paths } from '../routes.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { LinkIcon, SettingsIcon } from '../ui/icons.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorState, SkeletonText } from '../ui/states.tsx'
import { Invitations } from './Invitations.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { MemberMenu } from './MemberMenu.tsx'
import styles from './MembersPage.module.css'
import { reason } from './reason.ts'
import { roleWords } from './roleWords.ts'

export default function MembersPage({ group }: { group: string }) {
  const { data, error, refetch } = useGroup(group)
  if (data !== undefined) return <Members group={data} />
  return (
    <Page title="Members">
      {error === null ? <SkeletonText lines={5} label="Loading the members" /> : <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
    </Page>
  )
}

/** Owner first, then organizers, then by the time of joining. */
const inOrder = (members: readonly Member[]) => [...members].sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || a.joinedAt - b.joinedAt)

function Members({ group }: { group: Group }) {
  const me = usePerson()
  const [inviting, setInviting] = useState(false)
  const here = inOrder(group.members.filter(member => !member.gone))
  const gone = group.members.filter(member => member.gone && member.role !== 'guest')
  const denied = reason(mayInvite(group.role, 'member')) && 'Only organizers invite people. Ask one of them.'
  return (
    <Page
      title="Members"
      actions={
        <>
          <ButtonLink href={paths.sources(group.id)} variant="quiet">
            Sources
          </ButtonLink>
          <ButtonLink href={paths.settings(group.id)} variant="quiet" icon={SettingsIcon}>
            Settings
          </ButtonLink>
          <Button variant="primary" icon={LinkIcon} denied={denied} onClick={() => setInviting(true)}>
            Invite by link
          </Button>
        </>
      }
    >
      <ul className={styles.list} aria-label="Members">
        {here.map(member => (
          <li key={member.id} className={styles.member}>
            <Avatar id={member.id} name={member.name} size="large" />
            <div className={styles.who}>
              <p className={styles.name}>
                {member.name}
                {member.id === me.id && <span className={styles.you}>you</span>}
              </p>
              <p className={styles.since}>Since {dateAt(member.joinedAt)}</p>
            </div>
            <p className={styles.role}>{roleWords[member.role].name}</p>
            <MemberMenu group={group} member={member} self={member.id === me.id} />
          </li>
        ))}
      </ul>
      {gone.length > 0 && (
        <p className={styles.gone}>No longer here, remembered by their votes and comments: {new Intl.ListFormat('en').format(gone.map(({ name }) => name))}.</p>
      )}
      {denied === null && <Invitations group={group} onInvite={() => setInviting(true)} />}
      {inviting && <InviteDialog group={group} onClose={() => setInviting(false)} />}
    </Page>
  )
}
