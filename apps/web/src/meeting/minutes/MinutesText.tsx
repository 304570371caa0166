import type { ReactNode } from 'react'
import MarkdownContent, { type MarkdownProps } from '../../paper/MarkdownContent.tsx'
import styles from './Minutes.module.css'

/** Below the title of the page, the headings of minutes are its outline. */
const more: NonNullable<MarkdownProps['more']> = {
  plugins: [],
  components: {
    h1: () => null,
    h2: ({ children }: { children?: ReactNode }) => <h2 className={styles.part}>{children}</h2>,
    h3: ({ children }: { children?: ReactNode }) => <h3 className={styles.subpart}>{children}</h3>,
  },
}

/** Minutes as they are read. */
export default function MinutesText({ text }: { text: string }) {
  return <MarkdownContent text={text} more={more} />
}
