/** A DOI within the path of an address: it may hold signs that would end the path. */
export const doiPath = (doi: string): string => encodeURI(doi).replace(/[?#]/g, encodeURIComponent)

/** Where a DOI leads. */
export const doiAddress = (doi: string): string => `https://doi.org/${doiPath(doi)}`
