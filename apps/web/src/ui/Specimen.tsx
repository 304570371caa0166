import { Avatar } from './Avatar.tsx'
import { CommentIcon, UpIcon } from './icons.tsx'
import styles from './Specimen.module.css'

const people = {
  ada: { id: 'specimen0ada', name: 'Ada' },
  emmy: { id: 'specimen-emmy', name: 'Emmy' },
  alan: { id: 'specimenalan1', name: 'Alan' },
  rosa: { id: 'specimen--rosalind', name: 'Rosalind' },
}

const papers = [
  { title: 'A Mathematical Theory of Communication', authors: 'Claude E. Shannon', year: 1948, votes: 7, comments: 12, looking: [people.ada, people.alan] },
  { title: 'Invariante Variationsprobleme', authors: 'Emmy Noether', year: 1918, votes: 5, comments: 4, looking: [people.rosa] },
  {
    title: 'On Computable Numbers, with an Application to the Entscheidungsproblem',
    authors: 'Alan M. Turing',
    year: 1937,
    votes: 4,
    comments: 9,
    looking: [],
  },
  { title: 'Molecular Structure of Nucleic Acids', authors: 'J. D. Watson and F. H. C. Crick', year: 1953, votes: 2, comments: 6, looking: [people.emmy] },
  { title: 'The Chemical Basis of Morphogenesis', authors: 'Alan M. Turing', year: 1952, votes: 1, comments: 0, looking: [] },
]

/** A board as it looks, for the eye alone: what this is, said by showing it. */
export const Specimen = () => (
  <aside className={styles.specimen} aria-hidden="true">
    <div className={styles.board}>
      <p className={styles.day}>{new Intl.DateTimeFormat('en', { weekday: 'long' }).format()}</p>
      <ol>
        {papers.map(paper => (
          <li key={paper.title} className={styles.paper}>
            <span className={styles.votes}>
              <UpIcon size={15} />
              {paper.votes}
            </span>
            <span className={styles.words}>
              <span className={styles.title}>{paper.title}</span>
              <span className={styles.about}>
                {paper.authors}, {paper.year}
                {paper.comments > 0 && (
                  <span className={styles.comments}>
                    <CommentIcon size={14} />
                    {paper.comments}
                  </span>
                )}
              </span>
            </span>
            <span className={styles.looking}>
              {paper.looking.map(person => (
                <Avatar key={person.id} {...person} size="small" />
              ))}
            </span>
          </li>
        ))}
      </ol>
    </div>
  </aside>
)
