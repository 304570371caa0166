import type { ProgressState } from '@paperboard/shared/group'
import type { ReadingRole } from '@paperboard/shared/readingRoles'

/** "Ada", "Ada and Ben", "Ada, Ben and Cy". */
export const listed = (names: readonly string[]): string => (names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`)

/** "1 paper", "77 papers". */
export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** A net vote as people write it: "+3", "0", "−2" with a true minus. */
export const signed = (net: number): string => (net > 0 ? `+${net}` : net < 0 ? `−${-net}` : '0')

export const roleNames: Record<ReadingRole, string> = { presenter: 'Presenter', discussant: 'Discussant', reader: 'Reader' }
/** As a template calls it, else as what it is: "Archaeologist", "Presenter". */
export const roleNameOf = ({ role, roleName }: { role: ReadingRole; roleName?: string | undefined }): string => roleName ?? roleNames[role]
export const progressNames: Record<ProgressState, string> = { unread: 'Not begun', reading: 'Reading', read: 'Read', ready: 'Ready to discuss' }
