import type { AgendaItem } from '@paperboard/shared/agendaOrder'
import { MathText } from '../../paper/MathText.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { CloseIcon, DownIcon, UpIcon } from '../../ui/icons.tsx'
import { useFloor } from '../floor/floor.ts'
import { Nothing, Panel } from '../floor/Panel.tsx'
import styles from './Agenda.module.css'
import { rank } from './agendaActs.ts'
import { useNamed } from './names.ts'

/** My order of papers, for ranked choice: as I voted, until I put it otherwise. */
export function MyRanking({ papers, others }: { papers: readonly string[]; others: readonly AgendaItem[] }) {
  const floor = useFloor()
  const { title } = useNamed()
  const swap = (i: number, j: number) => rank(floor, papers.with(i, papers[j] ?? '').with(j, papers[i] ?? ''))
  const rest = others.filter(({ paper }) => !papers.includes(paper))
  return (
    <Panel title="Your order" count={papers.length}>
      {papers.length === 0 && <Nothing>Vote for papers, or put them in your order here. Your first counts until it has won a place, or is out.</Nothing>}
      <ol className={styles.list}>
        {papers.map((paper, i) => (
          <li key={paper} className={styles.row}>
            <span className={styles.place}>{i + 1}</span>
            <span className={styles.words}>
              <MathText>{title(paper)}</MathText>
            </span>
            <span className={styles.tools}>
              {i > 0 && <IconButton icon={UpIcon} size="small" iconSize={15} label={`Wish “${title(paper)}” more`} onClick={() => swap(i, i - 1)} />}
              {i < papers.length - 1 && (
                <IconButton icon={DownIcon} size="small" iconSize={15} label={`Wish “${title(paper)}” less`} onClick={() => swap(i, i + 1)} />
              )}
              <IconButton
                icon={CloseIcon}
                size="small"
                iconSize={15}
                label={`Leave “${title(paper)}” out`}
                onClick={() => rank(floor, papers.toSpliced(i, 1))}
              />
            </span>
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <div className={styles.add}>
          {rest.map(({ paper }) => (
            <Button key={paper} size="small" variant="quiet" onClick={() => rank(floor, [...papers, paper])}>
              Add “{title(paper)}”
            </Button>
          ))}
        </div>
      )}
    </Panel>
  )
}
