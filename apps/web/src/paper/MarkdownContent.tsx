import { mathForMarkdown } from '@paperboard/shared/mathText'
import { memo, type ReactNode } from 'react'
import ReactMarkdown, { type Components, type Options } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import { Link } from 'wouter'
import styles from './Markdown.module.css'
import { Tex } from './Tex.tsx'

const outside = { target: '_blank', rel: 'noopener nofollow ugc' }

/** A page of this app, such as that of a paper. */
const isOurs = (href: string) => /^\/g\/(?![/\\])/.test(href)

const heading = ({ children }: { children?: ReactNode }) => (
  <p>
    <strong>{children}</strong>
  </p>
)

/** What is wider than the column scrolls by keyboard too, so it takes the focus. */
const scrolls = { tabIndex: 0 }

const components: Components = {
  a: ({ href = '', children }) =>
    isOurs(href) ? (
      <Link href={href}>{children}</Link>
    ) : (
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

export interface MarkdownProps {
  text: string
  /** What is understood and shown beyond that, where there is more than a comment; the same objects each time. */
  more?: { plugins: NonNullable<Options['remarkPlugins']>; components: Components }
}

const nothingMore: NonNullable<MarkdownProps['more']> = { plugins: [], components: {} }

/** Markdown with tables, task lists and mathematics. Raw HTML appears as text. */
const MarkdownContent = memo(({ text, more: { plugins, components: others } = nothingMore }: MarkdownProps) => (
  <ReactMarkdown remarkPlugins={[remarkGfm, remarkMath, ...plugins]} components={{ ...components, ...others }}>
    {mathForMarkdown(text)}
  </ReactMarkdown>
))
export default MarkdownContent
