import type { Paper } from '@paperboard/shared/api'
import { citationLinks, citationMeta } from '@paperboard/shared/citation'
import { useEffect } from 'react'
import { useGroupView } from '../board/board.ts'

const cited = 'data-cited'

/**
 * By these elements tools that keep references, such as the Zotero connector, know a paper when they see its page. The
 * server writes the same into the page it sends; here they follow whoever goes from page to page.
 */
export function CitationHead({ paper }: { paper: Paper }) {
  const { group } = useGroupView()
  useEffect(() => {
    for (const old of document.head.querySelectorAll(`[${cited}]`)) old.remove()
    const elements = [
      ...citationMeta(paper).map(meta => Object.assign(document.createElement('meta'), meta)),
      ...citationLinks(group.id, paper.id).map(link => Object.assign(document.createElement('link'), link)),
    ]
    for (const element of elements) element.setAttribute(cited, '')
    document.head.append(...elements)
    // The connector has looked already, when the window was loaded.
    document.dispatchEvent(new Event('ZoteroItemUpdated', { bubbles: true, cancelable: true }))
    return () => {
      for (const element of elements) element.remove()
    }
  }, [paper, group.id])
  return null
}
