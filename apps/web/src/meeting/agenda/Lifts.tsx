import { shown } from '@paperboard/shared/agendaReasons'
import { boosts } from '@paperboard/shared/agendaRules'
import { limits } from '@paperboard/shared/limits'
import styles from './Agenda.module.css'
import type { AgendaView } from './agenda.ts'
import { useNamed } from './names.ts'

/** Whose proposals are lifted, by how much, and why. */
export function Lifts({ view: { parts } }: { view: AgendaView }) {
  const { name } = useNamed()
  const { past } = parts.standing
  const lifts = boosts(past)
  const [proposed, discussed] = [past.reduce((sum, one) => sum + one.proposed, 0), past.reduce((sum, one) => sum + one.discussed, 0)]
  return (
    <details className={styles.more}>
      <summary>Who is lifted, and why</summary>
      {discussed === 0 ? (
        <p>Nobody yet: it needs meetings that have discussed what members proposed.</p>
      ) : (
        <>
          <p>
            Of {proposed} papers that stood for the last {limits.agendaPast} meetings at most, {discussed} were discussed. Whoever had fewer of theirs discussed
            than that is lifted, the further below the more, up to one vote. Nobody is lowered, and who is new counts as the group.
          </p>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Who proposed</th>
                <th scope="col">Papers</th>
                <th scope="col">Discussed</th>
                <th scope="col">Lift</th>
              </tr>
            </thead>
            <tbody>
              {past
                .toSorted((a, b) => (lifts.get(b.member) ?? 0) - (lifts.get(a.member) ?? 0))
                .map(({ member, proposed, discussed }) => (
                  <tr key={member}>
                    <th scope="row">{name(member)}</th>
                    <td>{proposed}</td>
                    <td>{discussed}</td>
                    <td>{shown(lifts.get(member) ?? 0)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </>
      )}
    </details>
  )
}
