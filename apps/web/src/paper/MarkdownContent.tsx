import { mathForMarkdown } from '@paperboard/shared/mathText'
import { memo, type ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import styles from './Markdown.module.css'
import { Tex } from './Tex.tsx'

const outside = { target: '_blank', rel: 'noopener nofollow ugc' }

const heading = ({ children }: { children?: ReactNode }) => (
  <p>
    <strong>{children}</strong>
  </p>
)

/** What is wider than the column scrolls by keyboard too, so it takes the focus. */
const scrolls = { tabIndex: 0 }

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} {...outside}>
      {children}
    </a>
  ),
  // An image would tell its host who reads this, and when. A link tells nobody until it is followed.
  img: ({ src, alt }) => (
    <a href={typeof src === 'string' ? src : undefined} {...outside}>
      {alt || 'Image'}
    </a>
  ),
  // A comment's headings are no part of the page's outline.
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  table: ({ children }) => (
    <section className={styles.scroll} {...scrolls} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
  pre: ({ children }) => (
    <section className={styles.block} {...scrolls} aria-label="Code">
      {children}
    </section>
  ),
  code: ({ className = '', children }) => {
    const text = typeof children === 'string' ? children.replace(/\n$/, '') : ''
    if (className.includes('math-display')) return <Tex display tex={text} source={`$$${text}$$`} />
    if (className.includes('math-inline')) return <Tex tex={text} source={`$${text.replace(/^\\displaystyle /, '')}$`} />
    return <code className={className}>{children}</code>
  },
}

/** Markdown with tables, task lists and mathematics. Raw HTML appears as text. */
const MarkdownContent = memo(({ text }: { text: string }) => (
  <ReactMarkdown remarkPlugins={[remarkGfm, remarkMath]} components={components}>
    {mathForMarkdown(text)}
  </ReactMarkdown>
))
export default MarkdownContent
