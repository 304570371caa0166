import type { ImportPreview } from '@paperboard/shared/api'

/** What a text was taken for, in words. */
export const kindInWords: Record<ImportPreview['kind'], string> = {
  'daily-papers-page': 'A Daily Papers page',
  'daily-papers-json': 'Daily Papers as JSON',
  'web-page': 'A saved web page',
  ids: 'A list of ids and links',
  bibtex: 'BibTeX',
  ris: 'RIS',
  tagged: 'Records of a database',
  feed: 'A feed',
  oai: 'Records of an archive',
  crossref: 'Records of Crossref',
  datacite: 'Records of DataCite',
  openalex: 'Records of OpenAlex',
  'semantic-scholar': 'Records of Semantic Scholar',
  'csl-json': 'CSL-JSON',
  'zotero-json': 'Items of Zotero',
  json: 'Records as JSON',
  table: 'A table',
  xml: 'XML',
  mixed: 'Several formats',
  hand: 'A paper written by hand',
  sample: 'The sample',
  group: 'Papers of this group',
  nothing: 'No papers were found in this',
}
