import { type ComponentProps, lazy, Suspense } from 'react'
import styles from './Markdown.module.css'

export const loadMarkdown = () => import('./MarkdownContent.tsx')
const MarkdownContent = lazy(loadMarkdown)

/** A comment's Markdown. The reader comes on first use; until then the text stands as it was typed. */
export const Markdown = (props: ComponentProps<typeof MarkdownContent>) => (
  <div className={styles.markdown}>
    <Suspense fallback={<p className={styles.plain}>{props.text}</p>}>
      <MarkdownContent {...props} />
    </Suspense>
  </div>
)
