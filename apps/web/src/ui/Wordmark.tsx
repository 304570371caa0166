import styles from './Wordmark.module.css'

/** The product's sign: a P bent from a paper clip. */
export const Sign = ({ size = 22 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
    <rect width="24" height="24" rx="6" fill="var(--accent)" />
    <path
      d="M7.6 19.6V9.2a4.7 4.7 0 0 1 9.4 0 4.7 4.7 0 0 1-4.7 4.7 1.9 1.9 0 0 1-1.9-1.9V9.4"
      stroke="var(--on-accent)"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)

export const Wordmark = () => (
  <span className={styles.wordmark}>
    <Sign />
    Paperboard
  </span>
)
