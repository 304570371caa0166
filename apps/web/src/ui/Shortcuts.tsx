import { Dialog } from './Dialog.tsx'
import { Kbd } from './Kbd.tsx'
import { keysInUse } from './keys.ts'
import styles from './Shortcuts.module.css'

const spoken: Record<string, string> = {
  enter: 'Enter',
  esc: 'Escape',
  mod: 'Control or Command',
  shift: 'Shift',
  alt: 'Alt',
  up: 'the up arrow',
  down: 'the down arrow',
  left: 'the left arrow',
  right: 'the right arrow',
  '/': 'slash',
  '?': 'question mark',
  '[': 'left bracket',
  ']': 'right bracket',
}
/** "Control or Command with Enter", "G then B". */
const inWords = (keys: string) =>
  keys
    .split(' ')
    .map(step =>
      step
        .split('+')
        .map(key => spoken[key] ?? key.toUpperCase())
        .join(' with '),
    )
    .join(' then ')

/** All keys of the page it is opened on. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const sections = keysInUse()
  return (
    <Dialog title="Keyboard" size={sections.length > 1 ? 'large' : 'small'} onClose={onClose}>
      <div className={styles.columns}>
        {sections.map(({ heading, bindings }) => (
          <section key={heading} className={styles.section}>
            <h3 className={styles.heading}>{heading}</h3>
            <dl>
              {bindings.map(({ keys, does }) => (
                <div key={keys} className={styles.row}>
                  <dt>{does}</dt>
                  <dd>
                    <Kbd keys={keys} />
                    <span className="visually-hidden">{inWords(keys)}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
