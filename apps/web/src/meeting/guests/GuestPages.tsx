import type { GuestPlace } from '@paperboard/shared/guests'
import { lazy } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import JoinPage from '../../account/JoinPage.tsx'
import SignInPage from '../../account/SignInPage.tsx'
import { paths } from '../../routes.ts'
import { GuestShell } from './GuestShell.tsx'
import MeetPage from './MeetPage.tsx'

const MeetingFloorPage = lazy(() => import('../floor/MeetingFloorPage.tsx'))

/** All that a guest can open: their meeting, and the ways to more. */
export default function GuestPages({ guest }: { guest: GuestPlace }) {
  const home = paths.meeting(guest.group, guest.meeting)
  return (
    <Switch>
      <Route path="/join/:token">{({ token }) => <JoinPage token={token} />}</Route>
      <Route path="/meet/:token">{({ token }) => <MeetPage token={token} />}</Route>
      <Route path="/signin">
        <SignInPage />
      </Route>
      <Route path={home}>
        <GuestShell>
          <MeetingFloorPage group={guest.group} meeting={guest.meeting} />
        </GuestShell>
      </Route>
      <Route>
        <Redirect to={home} replace />
      </Route>
    </Switch>
  )
}
