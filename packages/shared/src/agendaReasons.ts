/** Why a paper stands where it stands on an agenda, in words. Pure; names and titles are passed in. */
import type { AgendaRule, Placed } from './agendaRules.ts'

export interface Named {
  name: (member: string) => string
  title: (paper: string) => string
}

const votes = (n: number) => `${shown(n)} ${n === 1 ? 'vote' : 'votes'}`

/** A number of votes, with at most two digits after the point. */
export const shown = (n: number): string => String(Math.round(n * 100) / 100).replace('-', '−')

/** Names in a row: "Ada, Grace and Linus"; from the sixth on they are counted. */
export const listed = (names: readonly string[], most = 5): string => {
  if (names.length <= 1) return names.join('')
  if (names.length > most) return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} others`
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** "2.6 votes: Ada 1, Grace 1, Linus 0.6." A sentence each for the count, offers, a boost and what was carried over. */
export const reasonFor = (placed: Placed, rule: AgendaRule, named: Named): string =>
  [countWords(placed, rule, named), boostWords(placed, rule, named), offerWords(placed, named), carriedWords(placed.carried)].filter(Boolean).join(' ')

function countWords({ votes: cast, score, boost, counted, runOff }: Placed, { kind, votes: most }: AgendaRule, { name, title }: Named): string {
  const by = (sign: number) => cast.filter(({ value }) => value === sign).map(({ member }) => name(member))
  if (runOff !== null) {
    const against = runOff.against === null ? '' : `, against “${title(runOff.against)}”`
    return `Place ${runOff.place} by ${shown(runOff.won)} of ${shown(runOff.of)} ballots in round ${runOff.rounds}${against}.`
  }
  if (counted.length === 0)
    return cast.length === 0 ? 'Nobody has voted on it.' : `Nobody is for it, ${listed(by(-1))} ${by(-1).length === 1 ? 'is' : 'are'} against it.`
  if (kind === 'budget') {
    const spread = counted.some(({ votes }) => votes < 1) ? `, with ${most} each to give` : ''
    return `${votes(score - boost)}: ${counted.map(({ member, votes }) => `${name(member)} ${shown(votes)}`).join(', ')}${spread}.`
  }
  const [up, down] = [by(1), by(-1)]
  const forIt = up.length === 0 ? 'Nobody is for it' : `${listed(up)} ${up.length === 1 ? 'is' : 'are'} for it`
  if (kind === 'approval' || down.length === 0) return `${votes(up.length)}: ${forIt}.`
  return `${shown(score - boost)} net: ${forIt}, ${listed(down)} against.`
}

function boostWords({ boost, proposer, counted }: Placed, { kind }: AgendaRule, { name }: Named) {
  if (kind === 'ranked') {
    const heavy = counted.filter(({ votes }) => votes > 1)
    if (heavy.length === 0) return ''
    const each = heavy.map(({ member, votes }) => `that of ${name(member)} ${shown(votes)}`)
    return `Ballots that count for more, as few of what they proposed before was discussed: ${listed(each)}.`
  }
  return boost > 0 && proposer !== null ? `${shown(boost)} more, as few of the papers that ${name(proposer)} proposed before were discussed.` : ''
}

const offerWords = ({ offers }: Placed, { name }: Named) =>
  offers.length === 0 ? '' : `${listed(offers.map(({ member }) => name(member)))} ${offers.length === 1 ? 'offers' : 'offer'} to present it.`

const carriedWords = (carried: number) => (carried === 0 ? '' : carried === 1 ? 'Carried over from the last meeting.' : `Carried over ${carried} times.`)
