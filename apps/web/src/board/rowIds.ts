/** Ids of the elements of a row, for the keyboard and for labels. */
export const rowId = (paper: string) => `paper-${paper}`
export const titleId = (paper: string) => `title-${paper}`
/** The element of a comment, which an address may name. */
export const commentId = (key: string) => `comment-${key.replace(':', '-')}`
