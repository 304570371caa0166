import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import styles from './KeysDialog.module.css'
import { boardKeys } from './useBoardKeys.ts'

const spoken: Record<string, string> = {
  enter: 'Enter',
  esc: 'Escape',
  'mod+enter': 'Control or Command with Enter',
  '/': 'Slash',
  '?': 'Question mark',
  '[': 'Left bracket',
  ']': 'Right bracket',
}

/** All keys of a board. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" size="large" onClose={onClose}>
      <div className={styles.columns}>
        {boardKeys.map(({ heading, keys }) => (
          <section key={heading}>
            <h3 className={styles.heading}>{heading}</h3>
            <dl>
              {keys.map(([key, does]) => (
                <div key={key} className={styles.key}>
                  <dt>
                    <Kbd keys={key} />
                    <span className="visually-hidden">{spoken[key] ?? key.toUpperCase()}</span>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
