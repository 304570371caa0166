import styles from './Wordmark.module.css'

/** The product's sign: votes on a sheet, rising. */
export const Sign = ({ size = 22 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
    <rect x="2" y="2" width="20" height="20" rx="5.5" fill="var(--accent)" />
    <path d="M7 16.5v-4.2M12 16.5V9.5M17 16.5v-9" stroke="var(--on-accent)" strokeWidth="2" strokeLinecap="round" />
  </svg>
)

export const Wordmark = () => (
  <span className={styles.wordmark}>
    <Sign />
    Paperboard
  </span>
)
