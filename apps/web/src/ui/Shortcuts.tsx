import { Dialog } from './Dialog.tsx'
import { Kbd } from './Kbd.tsx'
import styles from './Shortcuts.module.css'

const everywhere: [keys: string, act: string][] = [
  ['g b', 'Go to today’s board'],
  ['g r', 'Go to readings'],
  ['g m', 'Go to members'],
  ['g s', 'Go to settings'],
  ['?', 'The keys of the page'],
]

/** The keys that work on every page; a page with more has a list of its own. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" size="small" onClose={onClose}>
      <dl>
        {everywhere.map(([key, act]) => (
          <div key={key} className={styles.row}>
            <dt>{act}</dt>
            <dd>
              <span className="visually-hidden">{key}</span>
              <Kbd keys={key} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
