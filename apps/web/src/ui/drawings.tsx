import type { ReactNode } from 'react'

const sheet = (children: ReactNode) => (
  <svg
    width="132"
    height="96"
    viewBox="0 0 132 96"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
)
const accent = { stroke: 'var(--accent)' }
const under = { fill: 'var(--sheet)' }

/** Small drawings for places where there is nothing yet: paper, pencil, a table. One line weight, one touch of ink. */
export const drawings = {
  /** Sheets on a board, one pinned up. */
  sheets: sheet(
    <>
      <path d="M10 86h112" />
      <path d="m26 24 40-7 10 56-40 7z" {...under} />
      <path d="M58 14h44v60H58z" {...under} />
      <path d="M67 28h26M67 37h26M67 46h26M67 55h15" />
      <path d="M80 19v-6" {...accent} />
      <circle cx="80" cy="10.5" r="2.6" {...accent} {...under} />
      <path d="M94 64l3 3 6-7" {...accent} />
    </>,
  ),
  /** An open book, one line underlined. */
  book: sheet(
    <>
      <path d="M10 86h112" />
      <path d="M66 28c-8-7-21-10-38-10v54c17 0 30 3 38 10 8-7 21-10 38-10V18c-17 0-30 3-38 10Z" {...under} />
      <path d="M66 28v54M38 31c7 .5 12.5 1.8 17 4M38 41c7 .5 12.5 1.8 17 4M38 51c7 .5 12.5 1.8 17 4M77 35c4.5-2.2 10-3.5 17-4M77 55c4.5-2.2 10-3.5 17-4" />
      <path d="M77 45c4.5-2.2 10-3.5 17-4" {...accent} />
    </>,
  ),
  /** Chairs around a table, one still empty. */
  table: sheet(
    <>
      <path d="M10 86h112" />
      <ellipse cx="66" cy="50" rx="34" ry="15" {...under} />
      <path d="M32 50v6c0 8.3 15.2 15 34 15s34-6.7 34-15v-6" {...under} />
      <ellipse cx="66" cy="50" rx="34" ry="15" {...under} />
      <path d="m58 46 13-2.5 4 8-13 2.5z" />
      <circle cx="34" cy="24" r="7" {...under} />
      <circle cx="66" cy="16" r="7" {...under} />
      <circle cx="98" cy="24" r="7" strokeDasharray="2.5 3.5" {...accent} />
      <path d="M98 21.5v5m-2.5-2.5h5" {...accent} />
    </>,
  ),
  /** A sheet under a lens, and nothing in it. */
  lens: sheet(
    <>
      <path d="M10 86h112" />
      <path d="M38 16h44v58H38z" {...under} />
      <path d="M47 28h26M47 37h26M47 46h12M47 55h8" />
      <circle cx="80" cy="53" r="14" {...accent} {...under} />
      <path d="m90.2 63.2 11.3 11.3" {...accent} />
    </>,
  ),
  /** A sheet torn in two. */
  torn: sheet(
    <>
      <path d="M10 86h112" />
      <path d="M40 14h44v26l-7 5-6-6-8 7-7-6-8 7-8-5z" {...under} />
      <path d="m43 53 8 5 8-7 7 6 8-7 6 6 7-5 1 29-44 2z" {...under} />
      <path d="M49 24h26M49 32h15" />
      <path d="M53 68h24M53 75h14" {...accent} />
    </>,
  ),
  /** A sheet that went to the wrong address. */
  lost: sheet(
    <>
      <path d="M10 86h112" />
      <path d="M36 30h56v38H36z" {...under} />
      <path d="m36 30 28 21 28-21" />
      <path d="M20 40h9M14 50h15M22 60h7" {...accent} />
    </>,
  ),
} satisfies Record<string, ReactNode>

export type Drawing = keyof typeof drawings
