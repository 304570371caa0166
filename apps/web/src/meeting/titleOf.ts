import type { MeetingSummary } from '@paperboard/shared/meetings'
import { dateAt } from '../board/dates.ts'

/** A meeting without a title is called by its day. */
export const titleOf = ({ title, startedAt, createdAt }: Pick<MeetingSummary, 'title' | 'startedAt' | 'createdAt'>) =>
  title === '' ? `Meeting of ${dateAt(startedAt ?? createdAt)}` : title
