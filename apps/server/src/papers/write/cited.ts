/** What all formats need of a paper to be cited: its kind, the parts of names and dates, and where it is found. */
import type { Paper } from '@paperboard/shared/api'
import { kindOf } from '@paperboard/shared/citation'

/** A paper with what the group knows of it. */
export interface Cited {
  paper: Paper
  /** The key by which the group cites it. */
  key: string
  tags: readonly string[]
  /** Days of the boards it was on. */
  boards: readonly string[]
  up: number
  down: number
  comments: number
}

/** A person's name in parts, or the name of a group of people. */
export type Name = { given: string; family: string; particle: string } | { literal: string }

const groupName = /\b(collaboration|consortium|team|group|project|institute|university|laborator(y|ies)|committee|network|initiative)\b/i
/** Words before a family name that are no given names. They are written in lower case. */
const particle = /^(?:d['’]|de|del|della|den|der|des|di|do|dos|du|el|la|le|ten|ter|van|vom|von|zu|zum|zur)$/
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i

/** From a name with the given name first, as Paperboard keeps them. A name of one word stands for itself. */
export const nameIn = (name: string): Name => {
  const words = name.trim().split(/\s+/)
  if (words.length < 2 || groupName.test(name) || name.includes(',')) return { literal: name.trim() }
  const end = words.length > 2 && suffix.test(words.at(-1) ?? '') ? words.length - 2 : words.length - 1
  let start = end
  while (start > 1 && particle.test(words[start - 1] ?? '')) start--
  return { given: words.slice(0, start).join(' '), particle: words.slice(start, end).join(' '), family: words.slice(end).join(' ') }
}

/** "Neumann, John von" as most formats want it. */
export const familyFirst = (name: string): string => {
  const parts = nameIn(name)
  return 'literal' in parts ? parts.literal : `${[parts.particle, parts.family].filter(Boolean).join(' ')}, ${parts.given}`
}

/** The journal or the proceedings; null for a preprint server, which is not where a paper came out. */
export const containerOf = (paper: Paper): string | null => (kindOf(paper) === 'article' || kindOf(paper) === 'conference' ? paper.venue : null)

/** Year, month and day, as far as they are known. An arXiv id of the new style tells year and month. */
export const datePartsOf = ({ published, arxivId }: Pick<Paper, 'published' | 'arxivId'>): number[] => {
  if (published !== null) return published.split('-').map(Number)
  const [, year, month] = /^(\d\d)(\d\d)\./.exec(arxivId ?? '') ?? []
  return year === undefined ? [] : [2000 + Number(year), Number(month)]
}

/** The page of the paper. */
export const addressOf = ({ arxivId, url, doi }: Paper): string | null => {
  if (arxivId !== null) return `https://arxiv.org/abs/${arxivId}`
  return url ?? (doi === null ? null : `https://doi.org/${encodeURI(doi)}`)
}

export const titleOf = ({ title, arxivId, doi, url }: Paper): string => title ?? (arxivId !== null ? `arXiv:${arxivId}` : (doi ?? url ?? 'Untitled paper'))
