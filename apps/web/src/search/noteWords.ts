/** How what was found of a meeting is called, and where it is read. */
import type { SearchHit } from '@paperboard/shared/search'
import { paths } from '../routes.ts'

type NoteHit = Extract<SearchHit, { kind: 'note' }>

/** "Minutes of Thursday", "Notes on Attention, Thursday". */
export const noteWords = ({ of, paper, paperTitle, title }: Pick<NoteHit, 'of' | 'paper' | 'paperTitle' | 'title'>): string => {
  if (of === 'minutes') return `Minutes of ${title}`
  if (paper === null) return title === '' ? 'Notes of a meeting' : `Notes of ${title}`
  return `Notes on ${paperTitle ?? 'a paper'}${title === '' ? '' : `, ${title}`}`
}

/** Minutes have a page; a note stands at its paper in the meeting, and that of the meeting at its closing, where all come in the end. */
export const noteHref = (group: string, { of, meeting, paper }: Pick<NoteHit, 'of' | 'meeting' | 'paper'>): string =>
  of === 'minutes' ? paths.minutes(group, meeting) : paths.meeting(group, meeting, paper ?? 'closing')
