/** What of a list is shown, and in which order: kept in its address, so that it can be linked, and Back brings it back. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useSearch } from 'wouter'

/** What one can narrow a list to. `unvoted` is what one's group still waits for. */
export const narrowings = ['all', 'unread', 'unvoted', 'mine', 'discussed'] as const
export type Narrowing = (typeof narrowings)[number]
export const narrowingNames: Record<Narrowing, string> = { all: 'All', unread: 'Unread', unvoted: 'Not voted yet', mine: 'Mine', discussed: 'Discussed' }

export interface Looks<Order extends string = string> {
  order: Order
  narrowing: Narrowing
  /** Papers with this tag; null for all. */
  tag: string | null
  filter: string
}

/** Whether all papers are shown. */
export const isWhole = ({ narrowing, tag, filter }: Looks): boolean => narrowing === 'all' && tag === null && filter === ''
export const whole = { narrowing: 'all', tag: null, filter: '' } as const

const names = ['sort', 'show', 'tag', 'q'] as const
/** Typing is written to the address when it pauses (ms): browsers bound how often an address may change. */
const pause = 300

export const looksIn = <Order extends string>(search: string, orders: readonly [Order, ...Order[]]): Looks<Order> => {
  const params = new URLSearchParams(search)
  return {
    order: orders.find(order => order === params.get('sort')) ?? orders[0],
    narrowing: narrowings.find(narrowing => narrowing === params.get('show')) ?? 'all',
    tag: params.get('tag') || null,
    filter: params.get('q') ?? '',
  }
}

/** The address's question with other looks in it; what else it asks stays. */
export const searchWith = <Order extends string>(search: string, looks: Looks<Order>, orders: readonly [Order, ...Order[]]): string => {
  const params = new URLSearchParams(search)
  const values = [looks.order === orders[0] ? '' : looks.order, looks.narrowing === 'all' ? '' : looks.narrowing, looks.tag ?? '', looks.filter]
  for (const [n, name] of names.entries()) {
    if (values[n]) params.set(name, values[n])
    else params.delete(name)
  }
  return params.toString()
}

/** Of an address's question what is looks, to be handed on to another list; with its `?`. */
export const looksOnly = (search: string): string => {
  const params = new URLSearchParams(search)
  for (const name of [...params.keys()]) if (!names.some(known => known === name)) params.delete(name)
  return params.size === 0 ? '' : `?${params}`
}

/** The looks of the page, and how to change them. `orders`: those it knows, the usual one first; the same array at each call. */
export const useLooks = <Order extends string>(orders: readonly [Order, ...Order[]]): [Looks<Order>, (looks: Looks<Order>) => void] => {
  const search = useSearch()
  const [, navigate] = useLocation()
  const asked = useMemo(() => looksIn(search, orders), [search, orders])
  const [looks, setLooks] = useState(asked)
  /** What the address was last known to ask for. */
  const told = useRef(searchWith('', asked, orders))
  useEffect(() => {
    const text = searchWith('', asked, orders)
    if (text === told.current) return
    told.current = text
    setLooks(asked)
  }, [asked, orders])
  useEffect(() => {
    const text = searchWith('', looks, orders)
    if (text === told.current) return
    const timer = setTimeout(() => {
      told.current = text
      const next = searchWith(location.search, looks, orders)
      navigate(`${location.pathname}${next === '' ? '' : `?${next}`}`, { replace: true, state: history.state })
    }, pause)
    return () => clearTimeout(timer)
  }, [looks, orders, navigate])
  return [looks, setLooks]
}
