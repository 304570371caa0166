import { noteOf } from '@paperboard/shared/notes'
import { view, viewBy } from '../../live/views.ts'

/** What is written in a note. */
export const noteText = viewBy((key: string) => view([`notes/${key}`], doc => noteOf(doc, key).toString()))
