/**
 * Which addresses a URL that people gave may lead to: those of the public internet. Otherwise a member could have the
 * server read what only it can reach: its neighbours, the metadata of its cloud, itself.
 */
import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Whether an address is one of the public internet. Those of IPv6 that carry one of IPv4 are judged by that. */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  const range = parsed.range()
  if (range === 'unicast') return true
  if (!(parsed instanceof ipaddr.IPv6)) return false
  const bytes = parsed.toByteArray()
  const carried = range === 'rfc6052' ? bytes.slice(12) : range === '6to4' ? bytes.slice(2, 6) : null
  return carried !== null && ipaddr.fromByteArray(carried).range() === 'unicast'
}

export class PrivateAddress extends Error {}

/** Why a URL of people is not asked, as a sentence; null where it may be. Names are looked at again when they are resolved. */
export const whyNotAsked = (url: URL): string | null => {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Only addresses that start with https:// or http:// can be asked.'
  if (url.username !== '' || url.password !== '') return 'The address holds a user name or a password.'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isPublicAddress(host)) return 'The address leads into a private network.'
  return null
}

/**
 * Resolves a name as net.connect wants it, and refuses one that has a private address. The connection is made to the very
 * address that was looked at, so a name cannot change between being looked at and being used.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const [first] = found ?? []
    if (error !== null || first === undefined) callback(error ?? new Error('The name leads nowhere'), '', 0)
    else if (!found.every(({ address }) => isPublicAddress(address))) callback(new PrivateAddress('The address leads into a private network.'), '', 0)
    else if (options.all === true) callback(null, found)
    else callback(null, first.address, first.family)
  })
}
