import { type ComponentType, lazy, Suspense } from 'react'
import styles from './Markdown.module.css'

const load = () => import('./MarkdownContent.tsx')
// Without a connection, and without a copy of it, comments stand as they were typed.
const Plain = ({ text }: { text: string }) => <p className={styles.plain}>{text}</p>
const MarkdownContent = lazy((): Promise<{ default: ComponentType<{ text: string }> }> => load().catch(() => ({ default: Plain })))

/** Fetches what renders Markdown, for when it is about to be needed. */
export const prepareMarkdown = () => void load().catch(() => undefined)

/** A comment's Markdown. The reader comes on first use; until then the text stands as it was typed. */
export const Markdown = ({ text }: { text: string }) => (
  <div className={styles.markdown}>
    <Suspense fallback={<Plain text={text} />}>
      <MarkdownContent text={text} />
    </Suspense>
  </div>
)
