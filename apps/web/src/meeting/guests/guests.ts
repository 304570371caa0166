/** Guests of a meeting, as its pages ask for them over HTTP. */
import type { GuestDoor } from '@paperboard/shared/guests'
import { doorOf } from '@paperboard/shared/meetingFloor'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { answer, api, queries, sentenceOf } from '../../api.ts'
import { useView } from '../../live/hooks.ts'
import { onItem, readItem, writeItem } from '../../live/storage.ts'
import { view } from '../../live/views.ts'
import { paths } from '../../routes.ts'
import { toast } from '../../ui/toast.ts'
import { useFloor } from '../floor/floor.ts'

const one = api.groups[':group'].meetings[':meeting']

const keyOf = (group: string, meeting: string) => ['guests', group, meeting]

/** The door of the meeting that is shown; asked anew whenever it is opened or shut, and as guests come. Guests do not ask. */
export const useDoor = (): GuestDoor | undefined => {
  const { room, group, me, meeting } = useFloor()
  const open = useView(room, doorNow)
  const names = group.members.filter(({ role }) => role === 'guest').length
  return useQuery({
    queryKey: [...keyOf(group.id, meeting), open?.at ?? null, names],
    queryFn: () => answer(one.guests.$get({ param: { group: group.id, meeting } })),
    enabled: me.role !== 'guest',
    placeholderData: before => before,
  }).data
}
const doorNow = view(['door'], doorOf)

type Act = 'open' | 'shut' | { showOut: string }

/** Opens the door, with a new link, shuts it, or shows a guest out. */
export const useDoorAct = () => {
  const { group, meeting } = useFloor()
  const param = { group: group.id, meeting }
  return useMutation({
    mutationFn: (act: Act) =>
      answer<GuestDoor>(
        act === 'open'
          ? one['guest-link'].$put({ param })
          : act === 'shut'
            ? one['guest-link'].$delete({ param })
            : one.guests[':guest'].$delete({ param: { ...param, guest: act.showOut } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(group.id, meeting) }),
    onError: error => toast(sentenceOf(error), { key: 'guests', tone: 'warn' }),
  })
}

const isLoopback = ({ hostname }: Location) => /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname)

const lanKey = 'paperboard:lan'
/** Of several networks of the machine, the one that phones are in: chosen here, for the projector as well. */
export const chooseLan = (origin: string) => writeItem(lanKey, origin)
const useLan = (): string | null =>
  useSyncExternalStore(
    listener => onItem(key => (key === '' || key === lanKey) && listener()),
    () => readItem(lanKey),
  )

export interface GuestAddress {
  url: string
  /** It works on this machine alone. */
  onlyHere: boolean
  /** The server's addresses in several networks, and which of them this is. */
  networks: readonly string[]
  network: string
}

/** The address that a phone opens; null while there is no link. A browser on the server's own machine may know the server by a name that no other machine knows. */
export const useGuestAddress = (door: GuestDoor | undefined): GuestAddress | null => {
  const chosen = useLan()
  if (door === undefined || door.token === null) return null
  const networks = isLoopback(location) ? door.lan : []
  const network = networks.find(origin => origin === chosen) ?? networks[0] ?? location.origin
  return { url: `${network}${paths.meet(door.token)}`, onlyHere: isLoopback(location) && networks.length === 0, networks, network }
}

/** Where a link leads. */
export const guestLinkQuery = (token: string) =>
  queryOptions({
    // Of the kind that whoever is not signed in may keep.
    queryKey: ['invitation', 'guest', token],
    queryFn: () => answer(api['guest-links'][':token'].$get({ param: { token } })),
    retry: false,
  })
