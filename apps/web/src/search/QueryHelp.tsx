import { useGroupView } from '../board/board.ts'
import { Kbd } from '../ui/Kbd.tsx'
import styles from './QueryHelp.module.css'

/** What one may ask for, with examples that one can try. */
export function QueryHelp({ onTry }: { onTry: (q: string) => void }) {
  const { group } = useGroupView()
  const year = group.today.slice(0, 4)
  const month = group.today.slice(0, 7)
  const ways: { tried: string; finds: string }[] = [
    { tried: 'state space', finds: 'Both words, anywhere; the last one may be unfinished, and a slip of the keys is forgiven' },
    { tried: '"state space"', finds: 'These words in this order' },
    { tried: 'attention -vision', finds: 'The first word without the second' },
    { tried: 'author:hinton', finds: 'Papers by an author' },
    { tried: 'title:scaling', finds: 'A word of the title' },
    { tried: 'tag:rl', finds: 'Papers with a tag of the group' },
    { tried: 'from:me', finds: 'What a member put on a board or wrote' },
    { tried: 'voted:me', finds: 'What you, or a member, voted for' },
    { tried: 'read:me', finds: 'What you have opened; with a minus, what you have not' },
    { tried: `on:${month}`, finds: 'Of a day, a month or a year' },
    { tried: `after:${year}`, finds: 'Later, or with before: earlier' },
    { tried: 'kind:comments', finds: 'Comments alone; also papers, people, notes' },
  ]
  return (
    <section className={styles.help} aria-labelledby="search-help">
      <h2 id="search-help">What you can ask for</h2>
      <dl className={styles.ways}>
        {ways.map(({ tried, finds }) => (
          <div key={tried} className={styles.way}>
            <dt>
              <button type="button" className={styles.try} aria-label={`Try ${tried}`} onClick={() => onTry(tried)}>
                {tried}
              </button>
            </dt>
            <dd>{finds}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        They can be combined: <code>mamba author:gu -tag:vision after:{year}</code>
        <span className={styles.atDesk}>
          . <Kbd keys="/" />
          <span className="visually-hidden">The key slash</span> searches from every page; <Kbd keys="enter" />
          <span className="visually-hidden">Enter</span> goes from here to what is found, <Kbd keys="f" />
          <span className="visually-hidden">the key F</span> comes back.
        </span>
      </p>
    </section>
  )
}
