import { MathText } from '../paper/MathText.tsx'
import styles from './paper.module.css'

/** Abstracts up to this many characters fit the two lines they are folded to, on all but the narrowest screens. */
const fits = 150

/** An abstract, folded to two lines. Its text is the button's sibling, so that it can be selected. */
export function Abstract({ text, unfolded, onToggle }: { text: string; unfolded: boolean; onToggle: () => void }) {
  if (text === '') return null
  return (
    <div className={styles.abstract} dir="auto" data-folded={!unfolded || undefined}>
      <p>
        <MathText>{text}</MathText>
      </p>
      {text.length > fits && (
        <button type="button" className={styles.inText} aria-expanded={unfolded} onClick={onToggle}>
          {unfolded ? 'Less' : 'More'}
          <span className="visually-hidden"> of the abstract</span>
        </button>
      )}
    </div>
  )
}
