import styles from './Wordmark.module.css'

/** The product's sign: a sheet on the board, voted up. */
export const Sign = ({ size = 22 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
    <rect x="2" y="2" width="20" height="20" rx="5.5" fill="var(--accent)" />
    <path d="M7.8 4.2h5.4L17 8v10.6a1.2 1.2 0 0 1-1.2 1.2H7.8a1.2 1.2 0 0 1-1.2-1.2V5.4a1.2 1.2 0 0 1 1.2-1.2Z" fill="var(--on-accent)" />
    <path d="M11.8 16.8v-5.6M9.4 13.3l2.4-2.4 2.4 2.4" stroke="var(--accent)" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
)

export const Wordmark = () => (
  <span className={styles.wordmark}>
    <Sign />
    Paperboard
  </span>
)
