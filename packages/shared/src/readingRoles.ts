/** As what a paper is taken on. A file of its own, since readings and guests of sessions both have one. */
export const readingRoles = ['presenter', 'discussant', 'reader'] as const
export type ReadingRole = (typeof readingRoles)[number]
