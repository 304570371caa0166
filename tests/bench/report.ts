import type { Column, Scenario, Settings } from './scenario.ts'
import type { Target } from './targets.ts'

/** What one target gave, round by round; null for a round that failed. */
export interface Series {
  target: Target
  rounds: (Record<string, number> | null)[]
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** Three significant digits, more for whole thousands. */
const short = (value: number): string => {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

const spread = (values: readonly number[], unit = ''): string => {
  const known = values.filter(Number.isFinite)
  if (known.length === 0) return '–'
  const [least, most] = [Math.min(...known), Math.max(...known)].map(short)
  return `${short(median(known))}${unit}${least === most ? '' : ` (${least}–${most})`}`
}

const valuesOf = ({ rounds }: Series, column: string): number[] => rounds.map(figures => figures?.[column] ?? Number.NaN)

/** The peer with the best median: what ratios are to. */
function bestPeer(all: readonly Series[], name: string, { better }: Column): Series | null {
  const medianOf = (series: Series) => median(valuesOf(series, name).filter(Number.isFinite))
  const peers = all.filter(series => series.target.role === 'peer' && Number.isFinite(medianOf(series)))
  const sign = better === 'less' ? 1 : -1
  return peers.toSorted((a, b) => sign * (medianOf(a) - medianOf(b)))[0] ?? null
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [
  row(head),
  row(head.map((_, n) => (n === 0 ? '---' : '--:'))),
  ...rows.map(row),
]

/** `about` with the settings in it. */
const sentence = (scenario: Scenario, settings: Settings) => scenario.about.replace(/\{(\w+)\}/g, (_, name) => short(settings[name] ?? Number.NaN))

/** The figures of one scenario as Markdown: medians with their spread, then ratios to the best peer, each taken inside a round. */
export function report(scenario: Scenario, settings: Settings, all: readonly Series[]): string {
  const rounds = all[0]?.rounds.length ?? 0
  const columns = Object.entries(scenario.columns)
  const compared = columns.filter(([, column]) => column.better !== undefined)
  const best = new Map(compared.map(([name, column]) => [name, bestPeer(all, name, column)]))
  const figures = all.map(series => [
    series.target.name,
    ...columns.map(([name]) => {
      const cell = spread(valuesOf(series, name))
      return best.get(name) === series ? `**${cell}**` : cell
    }),
  ])
  const ratios = all
    .filter(({ target }) => target.role !== 'peer')
    .map(series => [
      series.target.name,
      ...compared.map(([name]) => {
        const other = best.get(name)
        if (other === null || other === undefined) return '–'
        const theirs = valuesOf(other, name)
        return spread(
          valuesOf(series, name).map((value, n) => value / (theirs[n] ?? Number.NaN)),
          '×',
        )
      }),
    ])
  const arrow = ({ better }: Column) => (better === undefined ? '' : better === 'less' ? ' ↓' : ' ↑')
  return [
    `### ${scenario.name}`,
    '',
    `${sentence(scenario, settings)}. ${rounds === 1 ? 'One round' : `Medians of ${rounds} rounds (least–most)`}; the best peer in bold.`,
    '',
    ...table(['server', ...columns.map(([, column]) => column.title + arrow(column))], figures),
    ...(best.values().some(series => series !== null)
      ? ['', 'To the best peer of the same round:', '', ...table(['server', ...compared.map(([, column]) => column.title)], ratios)]
      : []),
    '',
  ].join('\n')
}
