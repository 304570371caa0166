/** The papers whose abstract is unfolded: a row that was scrolled away and comes back is as it was left. */
const papers = new Set<string>()

export const isUnfolded = (paper: string): boolean => papers.has(paper)
export const setUnfolded = (paper: string, on: boolean): void => void (on ? papers.add(paper) : papers.delete(paper))
