import { Dialog } from './Dialog.tsx'
import { Kbd } from './Kbd.tsx'
import styles from './Shortcuts.module.css'

const shortcuts: { title: string; keys: [keys: string, act: string][] }[] = [
  {
    title: 'On the board',
    keys: [
      ['j', 'Next paper'],
      ['k', 'Paper before'],
      ['enter', 'Open the paper and its thread'],
      ['esc', 'Close it'],
      ['u', 'Vote up'],
      ['d', 'Vote down'],
      ['c', 'Write a comment'],
      ['a', 'Hand out as a reading'],
      ['/', 'Search this board'],
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      ['g b', 'Go to today’s board'],
      ['g r', 'Go to readings'],
      ['g m', 'Go to members'],
      ['g s', 'Go to settings'],
      ['mod+enter', 'Send what you write'],
      ['?', 'This list'],
    ],
  },
]

/** All keyboard shortcuts; opens with `?`. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <div className={styles.lists}>
        {shortcuts.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, act]) => (
                <div key={key} className={styles.row}>
                  <dt>{act}</dt>
                  <dd>
                    <span className="visually-hidden">{key}</span>
                    <Kbd keys={key} />
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
