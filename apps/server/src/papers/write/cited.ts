/** What all formats need of a paper to be cited: its kind, the parts of names and dates, and where it is found. */
import type { Paper } from '@paperboard/shared/api'
import { kindOf } from '@paperboard/shared/citation'
import { doiAddress } from '@paperboard/shared/doi'

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
  return url ?? (doi === null ? null : doiAddress(doi))
}

export const titleOf = ({ title, arxivId, doi, url }: Paper): string => title ?? (arxivId !== null ? `arXiv:${arxivId}` : (doi ?? url ?? 'Untitled paper'))
