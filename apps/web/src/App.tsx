import type { Me } from '@paperboard/shared/api'
import { Component, lazy, type ReactNode, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch, useLocation, useRoute, useSearch } from 'wouter'
import { useSignedIn } from './account/useSignedIn.ts'
import { sentenceOf, useMe } from './api.ts'
import { lastGroup } from './group/lastGroup.ts'
import { Shell } from './group/Shell.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'
import { nextFrom, paths } from './routes.ts'
import { Front, FrontLoading } from './ui/Front.tsx'
import { ErrorState, SkeletonText } from './ui/states.tsx'
import { Toaster } from './ui/Toaster.tsx'
import { TooltipLayer } from './ui/Tooltip.tsx'

const StartPage = lazy(() => import('./account/StartPage.tsx'))
const SignInPage = lazy(() => import('./account/SignInPage.tsx'))
const JoinPage = lazy(() => import('./account/JoinPage.tsx'))
const MeetPage = lazy(() => import('./meeting/guests/MeetPage.tsx'))
const GuestPages = lazy(() => import('./meeting/guests/GuestPages.tsx'))
const AccountPage = lazy(() => import('./account/AccountPage.tsx'))
const RemindersPage = lazy(() => import('./reminders/RemindersPage.tsx'))
const MembersPage = lazy(() => import('./group/MembersPage.tsx'))
const SettingsPage = lazy(() => import('./group/SettingsPage.tsx'))
const SourcesPage = lazy(() => import('./sources/SourcesPage.tsx'))
const BoardPage = lazy(() => import('./board/BoardPage.tsx'))
const SpanPage = lazy(() => import('./board/SpanPage.tsx'))
const LibraryPage = lazy(() => import('./lists/LibraryPage.tsx'))
const SearchPage = lazy(() => import('./search/SearchPage.tsx'))
const PaperPage = lazy(() => import('./lists/PaperPage.tsx'))
const MeetingsPage = lazy(() => import('./meeting/floor/MeetingsPage.tsx'))
const MeetingFloorPage = lazy(() => import('./meeting/floor/MeetingFloorPage.tsx'))
const ReplayPage = lazy(() => import('./replay/ReplayPage.tsx'))
const MinutesPage = lazy(() => import('./meeting/minutes/MinutesPage.tsx'))
const RotaPage = lazy(() => import('./readings/rota/RotaPage.tsx'))
const MyReadingsPage = lazy(() => import('./readings/mine/MyReadingsPage.tsx'))
const PlanPage = lazy(() => import('./readings/plan/PlanPage.tsx'))
const ReadingsPage = lazy(() => import('./readings/ReadingsPage.tsx'))

export function App() {
  return (
    <>
      <Failure>
        <Suspense fallback={<FrontLoading />}>
          <Pages />
        </Suspense>
      </Failure>
      <TooltipLayer />
      <Toaster />
    </>
  )
}

/** Which pages there are depends on who is looking: nobody yet, a stranger, or a member. */
function Pages() {
  const { data: me, error, refetch } = useMe()
  useSignedIn(me && (me.person?.id ?? null))

  if (me !== undefined && me.guest !== null) return <GuestPages guest={me.guest} />
  if (me !== undefined) return me.person === null ? <OpenPages firstRun={me.firstRun} /> : <MemberPages me={me} />
  if (error === null) return <FrontLoading />
  return (
    <Front>
      <ErrorState title="Paperboard cannot be opened" onRetry={() => void refetch()}>
        {sentenceOf(error)} It is tried again by itself.
      </ErrorState>
    </Front>
  )
}

const OpenPages = ({ firstRun }: { firstRun: boolean }) => (
  <Switch>
    <Route path="/start">{firstRun ? <StartPage /> : <Redirect to={paths.signIn()} replace />}</Route>
    <Route path="/join/:token">{({ token }) => <JoinPage token={token} />}</Route>
    <Route path="/meet/:token">{({ token }) => <MeetPage token={token} />}</Route>
    <Route path="/signin">{firstRun ? <Redirect to={paths.start} replace /> : <SignInPage />}</Route>
    <Route>{firstRun ? <Redirect to={paths.start} replace /> : <ToSignIn />}</Route>
  </Switch>
)

function ToSignIn() {
  const [location] = useLocation()
  return <Redirect to={paths.signIn(location)} replace />
}

function ToNext() {
  return <Redirect to={nextFrom(useSearch())} replace />
}

const MemberPages = ({ me }: { me: Me }) => (
  <Switch>
    <Route path="/">
      <Redirect to={home(me)} replace />
    </Route>
    <Route path="/signin">
      <ToNext />
    </Route>
    <Route path="/start">
      <StartPage />
    </Route>
    <Route path="/join/:token">{({ token }) => <JoinPage token={token} />}</Route>
    <Route path="/meet/:token">{({ token }) => <MeetPage token={token} />}</Route>
    <Route path="/account">
      <Inside>
        <AccountPage />
      </Inside>
    </Route>
    <Route path="/account/reminders">
      <Inside>
        <RemindersPage />
      </Inside>
    </Route>
    <Route path="/readings">
      <Inside>
        <MyReadingsPage />
      </Inside>
    </Route>
    <Route path="/g/:group/*?">{({ group }) => <GroupPages key={group} group={group} me={me} />}</Route>
    <Route>
      <Inside>
        <NotFoundPage />
      </Inside>
    </Route>
  </Switch>
)

const home = (me: Me) => {
  const last = lastGroup()
  const group = me.groups.find(({ id }) => id === last) ?? me.groups[0]
  return group === undefined ? paths.start : paths.board(group.id)
}

function GroupPages({ group, me }: { group: string; me: Me }) {
  // Before a projector, or with a remote in the hand, nobody goes anywhere else.
  const [, projected] = useRoute<{ meeting: string }>('/g/:group/meetings/:meeting/screen')
  const [, remote] = useRoute<{ meeting: string }>('/g/:group/meetings/:meeting/remote')
  const alone = projected ?? remote
  if (!me.groups.some(({ id }) => id === group)) {
    return (
      <Inside>
        <NotFoundPage title="This group is not among yours">Perhaps you have left it, or you are signed in with another account.</NotFoundPage>
      </Inside>
    )
  }
  if (alone !== null)
    return (
      <Failure>
        <Suspense fallback={<PageLoading />}>
          <MeetingFloorPage group={group} meeting={alone.meeting} as={projected === null ? 'remote' : 'projector'} />
        </Suspense>
      </Failure>
    )
  return (
    <Inside group={group}>
      <Switch>
        <Route path="/g/:group/meetings">
          <MeetingsPage group={group} />
        </Route>
        <Route path="/g/:group/meetings/:meeting/minutes">{({ meeting }) => <MinutesPage key={meeting} group={group} meeting={meeting} />}</Route>
        <Route path="/g/:group/meetings/:meeting">{({ meeting }) => <MeetingFloorPage key={meeting} group={group} meeting={meeting} />}</Route>
        <Route path="/g/:group/meetings/:meeting/agenda">
          {({ meeting }) => <MeetingFloorPage key={`${meeting} agenda`} group={group} meeting={meeting} as="agenda" />}
        </Route>
        <Route path="/g/:group/meetings/:meeting/replay">{({ meeting }) => <ReplayPage key={meeting} group={group} of={{ kind: 'meeting', meeting }} />}</Route>
        <Route path="/g/:group/:day/replay">{({ day }) => <ReplayPage key={day} group={group} of={{ kind: 'board', day }} />}</Route>
        <Route path="/g/:group/members">
          <MembersPage group={group} />
        </Route>
        <Route path="/g/:group/settings">
          <SettingsPage group={group} />
        </Route>
        <Route path="/g/:group/sources">
          <SourcesPage group={group} />
        </Route>
        <Route path="/g/:group/plan">
          <PlanPage group={group} />
        </Route>
        <Route path="/g/:group/rota">
          <RotaPage group={group} />
        </Route>
        <Route path="/g/:group/readings">
          <ReadingsPage group={group} />
        </Route>
        <Route path="/g/:group/library">
          <LibraryPage group={group} />
        </Route>
        <Route path="/g/:group/search">
          <SearchPage group={group} />
        </Route>
        <Route path="/g/:group/papers/:paper">{({ paper }) => <PaperPage key={paper} group={group} paper={paper} />}</Route>
        <Route path="/g/:group/recent">
          <SpanPage group={group} span="recent" />
        </Route>
        <Route path="/g/:group/since/:day?">{({ day }) => <SpanPage group={group} span="since" day={day} />}</Route>
        <Route path="/g/:group/week/:day">{({ day }) => <SpanPage group={group} span="week" day={day} />}</Route>
        <Route path="/g/:group/month/:day">{({ day }) => <SpanPage group={group} span="month" day={day} />}</Route>
        <Route path="/g/:group/:day?">{({ day }) => <BoardPage group={group} day={day} />}</Route>
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </Inside>
  )
}

const Inside = ({ group, children }: { group?: string; children: ReactNode }) => (
  <Shell group={group}>
    <Failure>
      <Suspense fallback={<PageLoading />}>{children}</Suspense>
    </Failure>
  </Shell>
)

const PageLoading = () => (
  <div style={{ maxWidth: 'var(--width-read)', margin: 'var(--space-7) auto', padding: '0 var(--gutter)' }}>
    <SkeletonText lines={4} />
  </div>
)

/** A page that this browser has not kept, without a connection: it comes by itself with the connection. */
function NotHereYet() {
  useEffect(() => {
    const load = () => location.reload()
    addEventListener('online', load)
    return () => removeEventListener('online', load)
  }, [])
  return (
    <ErrorState title="You are offline">
      This browser has not kept this page. It opens as soon as there is a connection; what you have written is kept.
    </ErrorState>
  )
}

/** Catches what a page throws, so that the rest of the window stays. */
class Failure extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override render() {
    if (this.state.error === null) return this.props.children
    if (!navigator.onLine) return <NotHereYet />
    // After an update of the server the chunks of the old pages are gone; loading the window anew brings the new ones.
    return (
      <ErrorState title="This page does not work" onRetry={() => location.reload()}>
        Loading it again usually helps. What you have written is kept.
      </ErrorState>
    )
  }
}
